package dev.sluice.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration file that has been read: HOCON (github.com/lightbend/config/blob/main/HOCON.md),
 * in which {@code ${NAME}} and {@code ${?NAME}} stand for environment variables. Unknown keys and
 * values that do not fit are refused.
 *
 * @param effective every key with the value that holds
 */
public record ConfigurationFile(Configuration configuration, List<EffectiveValue> effective) {
  public ConfigurationFile {
    effective = List.copyOf(effective);
  }

  /**
   * A key with the value that holds.
   *
   * @param value as one would write it in the file; secrets are masked; empty when there is none
   * @param source file and line, an environment variable, or {@code default}
   */
  public record EffectiveValue(String key, String value, String source) {}

  /**
   * Reads a file.
   *
   * @param environment for substitutions
   * @param processors how many workers zero stands for
   * @throws ConfigurationException when the file or anything in it cannot be used
   */
  public static ConfigurationFile read(Path file, Map<String, String> environment, int processors)
      throws ConfigurationException {
    Values values = new Values(file, parse(file, environment), Keys.ALL);
    // All of them, also those that nothing reads with the store that is chosen.
    Keys.ALL.forEach(values::find);
    Configuration configuration = new ConfigurationReader(values, file, processors).read();
    if (!values.problems().isEmpty()) {
      throw new ConfigurationException(values.problems());
    }
    return new ConfigurationFile(
        configuration, Keys.ALL.stream().map(key -> effective(key, values)).toList());
  }

  private static <T> EffectiveValue effective(Key<T> key, Values values) {
    return new EffectiveValue(
        key.path(),
        values.find(key).map(key::show).orElse(""),
        values.has(key) ? values.where(key) : "default");
  }

  private static ConfigObject parse(Path file, Map<String, String> environment)
      throws ConfigurationException {
    try {
      Config config =
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      Config lookedUp = config.withFallback(variables(environment));
      return config.resolveWith(lookedUp, ConfigResolveOptions.noSystem()).root();
    } catch (ConfigException.IO e) {
      throw refused(file, e, "cannot be read: " + reason(file, e));
    } catch (ConfigException e) {
      throw refused(file, e, String.valueOf(e.getMessage()).replaceFirst("^.*?: \\d+: ", ""));
    }
  }

  private static String reason(Path file, ConfigException.IO e) {
    if (Files.isDirectory(file)) {
      return "it is a directory";
    }
    if (!Files.exists(file)) {
      return "it does not exist";
    }
    return Files.isReadable(file) ? String.valueOf(e.getMessage()) : "this user may not";
  }

  // Each with its own origin, so that an error in one names it.
  private static ConfigObject variables(Map<String, String> environment) {
    ConfigObject variables = ConfigFactory.empty().root();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      variables =
          variables.withValue(
              variable.getKey(),
              ConfigValueFactory.fromAnyRef(
                  variable.getValue(), "environment variable " + variable.getKey()));
    }
    return variables;
  }

  private static ConfigurationException refused(Path file, ConfigException e, String message) {
    ConfigOrigin origin = e.origin();
    String where =
        origin != null && origin.lineNumber() > 0
            ? file + ":" + origin.lineNumber()
            : file.toString();
    return new ConfigurationException(List.of(new Problem(where, message)));
  }
}

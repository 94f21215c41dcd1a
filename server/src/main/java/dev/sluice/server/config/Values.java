package dev.sluice.server.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a file by key, with whatever is wrong collected on the way, so that a person gets
 * to hear of all of it at once.
 */
final class Values {
  private final Path file;
  private final Map<String, ConfigValue> written = new LinkedHashMap<>();
  // A set: a value that is looked at twice is wrong once.
  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * @param root resolved
   */
  Values(Path file, ConfigObject root, List<Key<?>> known) {
    this.file = file;
    collect(root, List.of(), known.stream().map(Key::path).toList());
  }

  /** The written value, or the default. A value that does not fit is a problem. */
  <T> Optional<T> find(Key<T> key) {
    ConfigValue value = written.get(key.path());
    if (value == null) {
      return key.fallback();
    }
    Optional<T> read = key.type().read(value.unwrapped());
    if (read.isEmpty()) {
      String shown = key.secret() ? "its value" : shown(value);
      refuse(key, "%s does not fit: %s is needed".formatted(shown, key.type().allowed()));
      return key.fallback();
    }
    return read;
  }

  /** For a key with a default. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow();
  }

  boolean has(Key<?> key) {
    return written.containsKey(key.path());
  }

  /** Adds what only the values together show. */
  void refuse(Key<?> key, String message) {
    problems.add(new Problem(where(key), key.path() + ": " + message));
  }

  /** Where the key's value was written; the file itself when it was not. */
  String where(Key<?> key) {
    ConfigValue value = written.get(key.path());
    return value == null ? file.toString() : where(value.origin());
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void collect(ConfigObject section, List<String> path, List<String> known) {
    section.entrySet().stream()
        // A null takes an earlier value back (HOCON, "null"): as if nothing were written.
        .filter(entry -> entry.getValue().valueType() != ConfigValueType.NULL)
        .sorted((a, b) -> line(a.getValue()) - line(b.getValue()))
        .forEach(entry -> collect(entry.getKey(), entry.getValue(), path, known));
  }

  private void collect(String name, ConfigValue value, List<String> parent, List<String> known) {
    List<String> path = new ArrayList<>(parent);
    path.add(name);
    String key = ConfigUtil.joinPath(path);
    boolean isSection = known.stream().anyMatch(each -> each.startsWith(key + "."));
    if (known.contains(key)) {
      written.put(key, value);
    } else if (isSection && value instanceof ConfigObject section) {
      collect(section, path, known);
    } else if (isSection) {
      problems.add(
          new Problem(
              where(value.origin()), "%s is a section: write %s { … }".formatted(key, key)));
    } else {
      String hint =
          Suggestion.nearest(key, known).map(near -> "; did you mean " + near + "?").orElse("");
      problems.add(new Problem(where(value.origin()), "there is no key %s%s".formatted(key, hint)));
    }
  }

  private static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static int line(ConfigValue value) {
    return value.origin().lineNumber();
  }

  private static String where(ConfigOrigin origin) {
    String source = origin.filename();
    if (source == null) {
      return origin.description();
    }
    return origin.lineNumber() > 0 ? source + ":" + origin.lineNumber() : source;
  }
}

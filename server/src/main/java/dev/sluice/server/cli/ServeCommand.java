package dev.sluice.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.server.LocalAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.StartException;
import dev.sluice.server.config.Configuration;
import dev.sluice.server.config.ConfigurationException;
import dev.sluice.server.config.ConfigurationFile;
import dev.sluice.server.config.ConfiguredSettings;
import dev.sluice.server.config.LogLevel;
import dev.sluice.server.serve.ConfiguredServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice serve}: the platform as a configuration file says, until SIGTERM. */
@Command(
    name = "serve",
    description = {
      "Start the platform as a configuration file says, in the foreground, until SIGTERM or"
          + " Ctrl-C.",
      "Prints one line 'ready URL' when it takes calls. The log goes to standard error."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice serve --config /etc/sluice/sluice.conf",
      "  sluice serve --config sluice.conf --check          is the file right, and what holds?",
      "  SLUICE_DB_PASSWORD=… sluice serve --config FILE    for password = $${?SLUICE_DB_PASSWORD}"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration file; docs/configuration.md lists its keys.")
  private Path config = Path.of("");

  @Option(
      names = "--check",
      description = "Read the file, print the value of every key with where it is from, and end.")
  private boolean check;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws StartException, ConfigurationException, InterruptedException {
    ConfigurationFile file =
        ConfigurationFile.read(config, System.getenv(), Runtime.getRuntime().availableProcessors());
    if (check) {
      print(file);
      return CommandLine.ExitCode.OK;
    }
    Configuration configuration = file.configuration();
    log(configuration.logLevel());
    ServerSettings settings = ConfiguredSettings.of(configuration, LocalAddresses.all());
    ConfiguredServer server = ConfiguredServer.start(settings, configuration.store());
    Foreground foreground =
        Foreground.until(
            () -> {
              try {
                server.waitForPeopleToLeave(configuration.shutdownGrace());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              server.close();
            });
    PrintWriter out = out();
    out.println("ready " + settings.url());
    out.flush();
    return foreground.await();
  }

  private void print(ConfigurationFile file) {
    json.print(
        out(),
        file.effective(),
        table -> {
          for (ConfigurationFile.EffectiveValue value : file.effective()) {
            if (value.value().isEmpty()) {
              table.printf("# %s has no value%n", value.key());
            } else {
              table.printf("%s = %s  # %s%n", value.key(), value.value(), value.source());
            }
          }
        });
  }

  private static void log(LogLevel level) {
    if (LoggerFactory.getLogger("dev.sluice") instanceof Logger logger) {
      logger.setLevel(Level.valueOf(level.name()));
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec.commandLine().getOut();
  }
}

package dev.sluice.server.cli;

import dev.sluice.server.Domain;
import dev.sluice.server.StartException;
import dev.sluice.server.Stores;
import dev.sluice.server.admin.Administration;
import dev.sluice.server.admin.RemoteAdministration;
import dev.sluice.server.admin.StoreAdministration;
import dev.sluice.server.config.ConfigurationException;
import dev.sluice.server.config.ConfigurationFile;
import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * Which store a command works on, and how it gets there: by the running server that holds it, or by
 * itself.
 */
final class StoreOptions {
  static final Path DEFAULT_DATA = Path.of("sluice-data");

  @ArgGroup private Choice choice = new Choice();

  private static final class Choice {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration file of 'serve', which names the store.")
    private @Nullable Path config;

    @Option(
        names = {"--data", "--data-directory"},
        paramLabel = "DIR",
        description = "The data directory of 'dev'; sluice-data here when neither is given.")
    private @Nullable Path data;
  }

  /** The caller closes it. */
  Administration open() throws StartException, ConfigurationException {
    StoreSettings settings = settings();
    if (settings instanceof StoreSettings.Sqlite(Path directory)) {
      Optional<Administration> running = RemoteAdministration.find(directory);
      if (running.isPresent()) {
        return running.get();
      }
    }
    Store store = Stores.open(settings);
    return new StoreAdministration(
        Domain.over(
            store.applications(), store.sessions(), new SecureRandom(), InstantSource.system()),
        store::close);
  }

  /** The data directory, where there is one: {@code dev} keeps its demo application in it. */
  Optional<Path> directory() throws ConfigurationException {
    return settings() instanceof StoreSettings.Sqlite(Path directory)
        ? Optional.of(directory)
        : Optional.empty();
  }

  private StoreSettings settings() throws ConfigurationException {
    Path config = choice.config;
    if (config != null) {
      return ConfigurationFile.read(
              config, System.getenv(), Runtime.getRuntime().availableProcessors())
          .configuration()
          .store();
    }
    Path data = choice.data;
    return new StoreSettings.Sqlite(data == null ? DEFAULT_DATA : data);
  }
}

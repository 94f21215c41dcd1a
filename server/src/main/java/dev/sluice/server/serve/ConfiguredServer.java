package dev.sluice.server.serve;

import dev.sluice.server.Domain;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.StartException;
import dev.sluice.server.Stores;
import dev.sluice.server.admin.AdminSocket;
import dev.sluice.server.admin.StoreAdministration;
import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The platform as an operator has configured it, with its store. */
public final class ConfiguredServer implements AutoCloseable {
  private final Store store;
  private final SluiceServer server;
  private final Optional<AdminSocket> adminSocket;

  private ConfiguredServer(Store store, SluiceServer server, Optional<AdminSocket> adminSocket) {
    this.store = store;
    this.server = server;
    this.adminSocket = adminSocket;
  }

  /**
   * Accepts calls when it returns.
   *
   * @throws StartException with one line that says what to do
   */
  public static ConfiguredServer start(ServerSettings settings, StoreSettings storeSettings)
      throws StartException {
    Store store = Stores.open(storeSettings);
    boolean started = false;
    try {
      Domain domain =
          Domain.over(
              store.applications(), store.sessions(), new SecureRandom(), InstantSource.system());
      SluiceServer server = SluiceServer.start(settings, domain, List.of());
      ConfiguredServer running =
          new ConfiguredServer(store, server, adminSocket(storeSettings, domain));
      started = true;
      return running;
    } finally {
      if (!started) {
        store.close();
      }
    }
  }

  /** PostgreSQL takes the commands beside the server; SQLite belongs to one process. */
  private static Optional<AdminSocket> adminSocket(StoreSettings store, Domain domain) {
    return switch (store) {
      case StoreSettings.Sqlite(Path directory) ->
          AdminSocket.open(directory, new StoreAdministration(domain, () -> {}));
      case StoreSettings.PostgreSql _ -> Optional.empty();
    };
  }

  /** See {@link SluiceServer#waitForPeopleToLeave}. */
  public void waitForPeopleToLeave(Duration grace) throws InterruptedException {
    server.waitForPeopleToLeave(grace);
  }

  @Override
  public void close() {
    adminSocket.ifPresent(AdminSocket::close);
    server.close();
    store.close();
  }
}

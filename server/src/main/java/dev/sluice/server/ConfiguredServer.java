package dev.sluice.server;

import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The platform as an operator has configured it, with its store. */
public final class ConfiguredServer implements AutoCloseable {
  private final Store store;
  private final SluiceServer server;

  private ConfiguredServer(Store store, SluiceServer server) {
    this.store = store;
    this.server = server;
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
      ConfiguredServer running =
          new ConfiguredServer(store, SluiceServer.start(settings, domain, List.of()));
      started = true;
      return running;
    } finally {
      if (!started) {
        store.close();
      }
    }
  }

  /** See {@link SluiceServer#waitForPeopleToLeave}. */
  public void waitForPeopleToLeave(Duration grace) throws InterruptedException {
    server.waitForPeopleToLeave(grace);
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}

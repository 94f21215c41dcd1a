package dev.sluice.server;

import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import dev.sluice.store.StoreUnavailableException;

/** Opens stores for those who start something. */
public final class Stores {
  private Stores() {}

  /**
   * @throws StartException with the store's own advice
   */
  public static Store open(StoreSettings settings) throws StartException {
    try {
      return Store.open(settings);
    } catch (StoreUnavailableException e) {
      throw new StartException(e.fault().message(), e);
    }
  }
}

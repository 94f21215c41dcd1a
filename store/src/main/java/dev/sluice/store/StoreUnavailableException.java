package dev.sluice.store;

import org.jspecify.annotations.Nullable;

/** Carries a {@link StoreFault} to whoever starts the server. */
public final class StoreUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient StoreFault fault;

  StoreUnavailableException(StoreFault fault, @Nullable Throwable cause) {
    super(fault.message(), cause);
    this.fault = fault;
  }

  public StoreFault fault() {
    return fault;
  }
}

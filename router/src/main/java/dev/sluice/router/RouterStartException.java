package dev.sluice.router;

/** The router cannot start; the message says why and what to do. */
public final class RouterStartException extends Exception {
  private static final long serialVersionUID = 1L;

  RouterStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.sluice.server;

/**
 * The server cannot start for a reason that the person at the terminal can mend. The message is one
 * line that says what is wrong and what to do; it is shown without a stack trace.
 */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}

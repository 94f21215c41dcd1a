package dev.sluice.server.admin;

/** A command cannot be carried out. The message is one line for the person at the terminal. */
public final class AdministrationException extends Exception {
  private static final long serialVersionUID = 1L;

  public AdministrationException(String message) {
    super(message);
  }

  public AdministrationException(String message, Throwable cause) {
    super(message, cause);
  }
}

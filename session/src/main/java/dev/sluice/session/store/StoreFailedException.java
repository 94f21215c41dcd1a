package dev.sluice.session.store;

/**
 * A repository could not do what it was asked to: its database is away, has no space left, or
 * refused a row. A change that failed so has not happened, unless the connection broke while it was
 * being committed. Trying again later can help.
 */
public final class StoreFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The cause has the database's own words. */
  public StoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

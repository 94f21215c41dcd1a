package dev.sluice.session;

/** Carries a {@link SessionError} to the front door. Not a fault: it has no stack trace. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient SessionError error;

  public RefusedException(SessionError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  public SessionError error() {
    return error;
  }
}

package dev.sluice.session.live;

/**
 * The media plane failed to carry out one call. It was logged where it happened; the session goes
 * on without what that call asked for.
 */
public final class MediaFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MediaFaultException(String message, RuntimeException cause) {
    super(message, cause);
  }
}

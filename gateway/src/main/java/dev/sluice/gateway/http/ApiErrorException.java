package dev.sluice.gateway.http;

/** Carries an {@link ApiError} to the client. Not a fault: it has no stack trace. */
public final class ApiErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  public ApiErrorException(ApiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}

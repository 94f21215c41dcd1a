package dev.sluice.gateway.http;

import dev.sluice.session.SessionError;

/**
 * The body of an answer that is an error: the fields that every server SDK looks at, since Java's
 * shows title, detail and code only, and others message and description.
 *
 * @param status the HTTP status
 * @param code the API's number for the error; the status where there is none
 * @param title the status in words
 * @param message what went wrong, in one sentence
 */
public record ApiError(int status, int code, String title, String message) {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED_TYPE = 415;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;

  public static ApiError badRequest(String message) {
    return of(BAD_REQUEST, message);
  }

  /**
   * @param code why the caller may not, as the Vonage Video API numbers it
   */
  public static ApiError forbidden(int code, String message) {
    return new ApiError(FORBIDDEN, code, title(FORBIDDEN), message);
  }

  public static ApiError notFound(String message) {
    return of(NOT_FOUND, message);
  }

  public static ApiError tooLarge(String message) {
    return of(TOO_LARGE, message);
  }

  public static ApiError unsupportedType(String message) {
    return of(UNSUPPORTED_TYPE, message);
  }

  public static ApiError internal(String id) {
    return of(INTERNAL, "A fault of the server, logged there as " + id);
  }

  /** The store is away; trying again later can help. */
  public static ApiError unavailable(String id) {
    return of(UNAVAILABLE, "The store does not answer, logged there as " + id);
  }

  public static ApiError of(int status, String message) {
    return new ApiError(status, status, title(status), message);
  }

  /** What the domain's refusal is in REST. */
  public static ApiError of(SessionError error) {
    int status =
        switch (error) {
          case SessionError.SessionNotFound _,
              SessionError.ConnectionNotFound _,
              SessionError.StreamNotFound _,
              SessionError.SubscriptionNotFound _ ->
              NOT_FOUND;
          case SessionError.PermissionDenied _ -> FORBIDDEN;
          case SessionError.LimitReached _ -> TOO_MANY;
          case SessionError.SignalTooLarge _ -> TOO_LARGE;
          case SessionError.InvalidSignalType _,
              SessionError.InvalidSdp _,
              SessionError.UnsupportedMedia _ ->
              BAD_REQUEST;
          case SessionError.StaleRevision _ -> CONFLICT;
        };
    return of(status, error.message());
  }

  public HttpAnswer answer() {
    return HttpAnswer.json(status, new Body(code, message, message, title, message));
  }

  private record Body(int code, String message, String description, String title, String detail) {}

  private static String title(int status) {
    return switch (status) {
      case BAD_REQUEST -> "Bad Request";
      case FORBIDDEN -> "Forbidden";
      case NOT_FOUND -> "Not Found";
      case CONFLICT -> "Conflict";
      case TOO_LARGE -> "Content Too Large";
      case UNSUPPORTED_TYPE -> "Unsupported Media Type";
      case TOO_MANY -> "Too Many Requests";
      case INTERNAL -> "Internal Server Error";
      case UNAVAILABLE -> "Service Unavailable";
      default -> "Error " + status;
    };
  }
}

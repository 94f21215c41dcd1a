package dev.sluice.gateway.signalling;

import dev.sluice.session.SessionError;

/** The {@code error} of a reply. */
record SignallingError(ErrorCode code, String message) {
  /** What the domain's refusal is called in the protocol. */
  static SignallingError of(SessionError error) {
    ErrorCode code =
        switch (error) {
          case SessionError.SessionNotFound _ -> ErrorCode.SESSION_NOT_FOUND;
          case SessionError.ConnectionNotFound _ -> ErrorCode.CONNECTION_NOT_FOUND;
          case SessionError.StreamNotFound _ -> ErrorCode.STREAM_NOT_FOUND;
          case SessionError.SubscriptionNotFound _ -> ErrorCode.SUBSCRIPTION_NOT_FOUND;
          case SessionError.PermissionDenied _ -> ErrorCode.PERMISSION_DENIED;
          case SessionError.LimitReached reached ->
              switch (reached.limit()) {
                case CONNECTIONS -> ErrorCode.CONNECTION_LIMIT;
                case STREAMS -> ErrorCode.STREAM_LIMIT;
                case SUBSCRIPTIONS -> ErrorCode.SUBSCRIPTION_LIMIT;
              };
          case SessionError.InvalidSignalType _ -> ErrorCode.SIGNAL_INVALID_TYPE;
          case SessionError.SignalTooLarge _ -> ErrorCode.SIGNAL_TOO_LARGE;
          case SessionError.InvalidSdp _ -> ErrorCode.INVALID_SDP;
          case SessionError.UnsupportedMedia _ -> ErrorCode.UNSUPPORTED_MEDIA;
          case SessionError.StaleRevision _ -> ErrorCode.STALE_REVISION;
        };
    return new SignallingError(code, error.message());
  }

  static SignallingError tooFast() {
    return new SignallingError(ErrorCode.RATE_LIMITED, "Too many messages");
  }

  static SignallingError resumeFailed() {
    return new SignallingError(
        ErrorCode.RESUME_FAILED, "There is no such connection any more, or the token is not its");
  }

  static SignallingError internal() {
    return new SignallingError(ErrorCode.INTERNAL, "A fault of the server");
  }
}

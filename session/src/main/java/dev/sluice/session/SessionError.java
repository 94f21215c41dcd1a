package dev.sluice.session;

/**
 * Everything a caller of the domain can be refused with. Each front door maps it once: to an error
 * code of the signalling protocol or to an HTTP status.
 */
public sealed interface SessionError {
  /** One sentence for the person at the other end. */
  String message();

  record SessionNotFound() implements SessionError {
    @Override
    public String message() {
      return "No such session for this application";
    }
  }

  record ConnectionNotFound() implements SessionError {
    @Override
    public String message() {
      return "No such connection in this session";
    }
  }

  record StreamNotFound() implements SessionError {
    @Override
    public String message() {
      return "No such stream in this session";
    }
  }

  record SubscriptionNotFound() implements SessionError {
    @Override
    public String message() {
      return "No such subscription of this connection";
    }
  }

  /** {@code action} completes "This token's role does not allow to …". */
  record PermissionDenied(String action) implements SessionError {
    @Override
    public String message() {
      return "This token's role does not allow to " + action;
    }
  }

  enum Limit {
    CONNECTIONS("connections in the session"),
    STREAMS("streams of the connection"),
    SUBSCRIPTIONS("subscriptions of the connection");

    private final String what;

    Limit(String what) {
      this.what = what;
    }
  }

  record LimitReached(Limit limit, int max) implements SessionError {
    @Override
    public String message() {
      return "The limit of " + max + " " + limit.what + " is reached";
    }
  }

  record InvalidSignalType() implements SessionError {
    @Override
    public String message() {
      return "A signal's type has at most "
          + Signal.MAX_TYPE_BYTES
          + " characters, each one of A-Z a-z 0-9 - _ ~";
    }
  }

  record SignalTooLarge() implements SessionError {
    @Override
    public String message() {
      return "A signal's data has at most " + Signal.MAX_DATA_BYTES + " bytes";
    }
  }

  record InvalidSdp(String message) implements SessionError {}

  record UnsupportedMedia(String message) implements SessionError {}

  record StaleRevision(int revision) implements SessionError {
    @Override
    public String message() {
      return "The answer to revision " + revision + " does not belong to the outstanding offer";
    }
  }
}

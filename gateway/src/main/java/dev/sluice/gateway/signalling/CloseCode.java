package dev.sluice.gateway.signalling;

/** The close codes of the protocol. The registered ones are those of RFC 6455 §7.4.1. */
enum CloseCode {
  NORMAL(1000, ""),
  STOPPING(1001, "the server is stopping"),
  TOO_LARGE(1009, "the message is larger than allowed"),
  INTERNAL(1011, "a fault of the server"),
  NOT_THIS_PROTOCOL(4400, "not the sluice.v1 protocol"),
  AUTHENTICATION_FAILED(4401, "authentication_failed"),
  SESSION_NOT_FOUND(4404, "session_not_found"),
  TIMEOUT(4408, "silent for too long"),
  TAKEN_OVER(4409, "a resume on another socket has taken over"),
  RESUME_FAILED(4410, "resume_failed"),
  TOO_SLOW(4413, "the client reads too slowly"),
  TOO_MANY(4429, "too many messages or connections");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }
}

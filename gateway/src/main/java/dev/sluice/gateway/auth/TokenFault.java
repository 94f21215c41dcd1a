package dev.sluice.gateway.auth;

/**
 * Why a token is refused, with the number that the Vonage Video API gives to it in the body of a
 * 403.
 */
public enum TokenFault {
  /** Also an application that does not exist: an answer must not tell which applications do. */
  BAD_FORMAT_OR_SIGNATURE(10001, "Bad token format or signature"),
  NOT_FOR_THIS_USE(10002, "The token is not meant for this use"),
  OTHER_APPLICATION(10002, "Id in the token does not match the id provided in the url"),
  OTHER_SESSION(10007, "The token belongs to another session"),
  EXPIRED(10012, "The token is expired");

  private final int code;
  private final String message;

  TokenFault(int code, String message) {
    this.code = code;
    this.message = message;
  }

  public int code() {
    return code;
  }

  /** One sentence for the person at the other end. */
  public String message() {
    return message;
  }
}

package dev.sluice.gateway.auth;

/** Carries a {@link TokenFault} to the front door. Not a fault: it has no stack trace. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenFault fault;

  public TokenRefusedException(TokenFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  public TokenFault fault() {
    return fault;
  }
}

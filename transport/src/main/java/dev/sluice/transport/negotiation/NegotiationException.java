package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.SdpException;

/** A description of the client was refused. */
public final class NegotiationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public NegotiationException(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  NegotiationException(SdpException unreadable) {
    super(unreadable);
    this.refusal = new Refusal.InvalidSdp(String.valueOf(unreadable.getMessage()));
  }

  static NegotiationException invalid(String message) {
    return new NegotiationException(new Refusal.InvalidSdp(message));
  }

  public Refusal refusal() {
    return refusal;
  }
}

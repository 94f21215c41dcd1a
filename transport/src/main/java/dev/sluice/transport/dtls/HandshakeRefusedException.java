package dev.sluice.transport.dtls;

import org.bouncycastle.tls.TlsFatalAlert;

/** The peer is not who it must be or can't do what is needed: another try would end the same. */
final class HandshakeRefusedException extends TlsFatalAlert {
  private static final long serialVersionUID = 1L;

  private final String reason;

  HandshakeRefusedException(short alertDescription, String reason) {
    super(alertDescription, reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}

package dev.sluice.transport.sdp;

import java.util.Locale;

/** Who opens the DTLS association (RFC 4145 §4, RFC 8842 §5). */
public enum Setup {
  ACTIVE,
  PASSIVE,
  ACTPASS,
  HOLDCONN;

  String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}

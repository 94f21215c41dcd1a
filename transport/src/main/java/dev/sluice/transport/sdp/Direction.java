package dev.sluice.transport.sdp;

import java.util.Locale;

/** Which way media flows, as seen by the side that wrote the description (RFC 8866 §6.7). */
public enum Direction {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** The same flow as the other side names it. */
  public Direction reversed() {
    return switch (this) {
      case SENDRECV -> SENDRECV;
      case SENDONLY -> RECVONLY;
      case RECVONLY -> SENDONLY;
      case INACTIVE -> INACTIVE;
    };
  }

  String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}

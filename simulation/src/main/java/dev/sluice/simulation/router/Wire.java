package dev.sluice.simulation.router;

import dev.sluice.router.estimate.WireSize;

/** What datagrams are, and what they take of a path's capacity. */
public final class Wire {
  // RFC 3711 §3.4: SRTCP's index, four bytes that SRTP has not.
  private static final int RTCP_INDEX_BYTES = 4;

  private Wire() {}

  /** Whether the datagram at an offset is RTP or RTCP, and not STUN (RFC 7983). */
  public static boolean isMedia(byte[] buffer, int offset) {
    return (buffer[offset] & 0xC0) == 0x80;
  }

  /** Whether it is RTCP (RFC 5761 §4). */
  public static boolean isRtcp(byte[] buffer, int offset) {
    int type = buffer[offset + 1] & 0xFF;
    return isMedia(buffer, offset) && type >= 192 && type <= 223;
  }

  /** The bytes on the wire of a datagram that would be encrypted outside of a simulation. */
  public static int bytes(byte[] head, int length) {
    return WireSize.ofRtp(length) + (isRtcp(head, 0) ? RTCP_INDEX_BYTES : 0);
  }
}

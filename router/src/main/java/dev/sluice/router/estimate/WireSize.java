package dev.sluice.router.estimate;

/** The bytes that a packet has on the wire, in which everything here is reckoned. */
public final class WireSize {
  // AES-GCM's tag (RFC 7714 §13.1), UDP and IPv4 headers.
  private static final int OVERHEAD_BYTES = 16 + 8 + 20;

  private WireSize() {}

  /** The size on the wire of an RTP packet of so many bytes, headers included. */
  public static int ofRtp(int rtpBytes) {
    return rtpBytes + OVERHEAD_BYTES;
  }
}

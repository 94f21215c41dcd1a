package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A flyweight over a receiver's estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 §2.2):
 * {@link #wrap}, then {@link #bitrateBps()} and the sources that it is the sum of. Writes one.
 */
public final class Remb {
  private static final int IDENTIFIER = 0x52454D42; // "REMB"
  private static final int IDENTIFIER_OFFSET = 12;
  private static final int COUNT_OFFSET = 16;
  private static final int BITRATE_OFFSET = 17;
  private static final int SSRCS_OFFSET = 20;
  private static final int MANTISSA_BITS = 18;
  private static final int MANTISSA_MASK = (1 << MANTISSA_BITS) - 1;
  private static final int MAX_SSRCS = 255;

  private byte[] buffer = new byte[SSRCS_OFFSET];
  private int offset;

  /** Takes the packet at the cursor; false when it is of another kind or malformed. */
  public boolean wrap(RtcpCompound packets) {
    if (!packets.is(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_APPLICATION_LAYER)
        || packets.length() < SSRCS_OFFSET
        || NetworkOrder.int32(packets.buffer(), packets.offset() + IDENTIFIER_OFFSET) != IDENTIFIER
        || packets.length() < SSRCS_OFFSET + 4 * count(packets.buffer(), packets.offset())) {
      return false;
    }
    buffer = packets.buffer();
    offset = packets.offset();
    return true;
  }

  /**
   * The bitrate in bit/s, at least 0. The format goes up to 2^81; what a long does not hold is
   * {@link Long#MAX_VALUE}.
   */
  public long bitrateBps() {
    int bits = NetworkOrder.unsigned24(buffer, offset + BITRATE_OFFSET);
    int exponent = bits >> MANTISSA_BITS;
    long mantissa = bits & MANTISSA_MASK;
    boolean fits = exponent < Long.numberOfLeadingZeros(mantissa);
    return mantissa == 0 ? 0 : fits ? mantissa << exponent : Long.MAX_VALUE;
  }

  /** How many sources the bitrate is the sum of, 0 to 255. */
  public int ssrcCount() {
    return count(buffer, offset);
  }

  /** One of the sources, from 0 to {@link #ssrcCount()} - 1. */
  public int ssrc(int index) {
    return NetworkOrder.int32(buffer, offset + SSRCS_OFFSET + 4 * index);
  }

  private static int count(byte[] buffer, int offset) {
    return NetworkOrder.unsignedByte(buffer, offset + COUNT_OFFSET);
  }

  /**
   * Writes a message.
   *
   * @param bitrateBps at least 0; rounded down to 18 significant bits
   * @param ssrcs at most 255
   * @return the length in bytes, 20 and 4 for each source
   * @throws IllegalArgumentException when the bitrate is negative or there are too many sources
   */
  public static int write(
      byte[] buffer, int offset, int senderSsrc, long bitrateBps, int... ssrcs) {
    if (bitrateBps < 0 || ssrcs.length > MAX_SSRCS) {
      throw new IllegalArgumentException(
          "%d bit/s of %d sources".formatted(bitrateBps, ssrcs.length));
    }
    int length = SSRCS_OFFSET + 4 * ssrcs.length;
    // The draft: the media SSRC of the header is always 0
    RtcpCompound.writeFeedbackHeader(
        buffer,
        offset,
        RtcpType.FORMAT_APPLICATION_LAYER,
        RtcpType.PAYLOAD_FEEDBACK,
        length,
        senderSsrc,
        0);
    NetworkOrder.putInt(buffer, offset + IDENTIFIER_OFFSET, IDENTIFIER);
    NetworkOrder.putByte(buffer, offset + COUNT_OFFSET, ssrcs.length);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bitrateBps);
    int exponent = Math.max(0, bits - MANTISSA_BITS);
    NetworkOrder.put24(
        buffer,
        offset + BITRATE_OFFSET,
        exponent << MANTISSA_BITS | (int) (bitrateBps >>> exponent));
    for (int i = 0; i < ssrcs.length; i++) {
      NetworkOrder.putInt(buffer, offset + SSRCS_OFFSET + 4 * i, ssrcs[i]);
    }
    return length;
  }
}

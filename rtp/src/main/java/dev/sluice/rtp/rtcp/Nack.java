package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A flyweight over a generic NACK (RFC 4585 §6.2.1): {@link #wrap}, then {@link #next} for each
 * lost packet; {@link RtcpCompound#mediaSsrc()} says of which source. Writes one from a list.
 */
public final class Nack {
  private static final int ENTRY_LENGTH = 4;
  private static final int NO_BIT = -1;

  private byte[] buffer = new byte[0];
  private int position;
  private int end;
  private int first;
  private int mask;
  private int sequenceNumber;

  /** Takes the packet at the cursor; false when it is no NACK. */
  public boolean wrap(RtcpCompound packets) {
    if (!packets.is(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_NACK)
        || packets.length() < RtcpCompound.FEEDBACK_HEADER_LENGTH) {
      return false;
    }
    buffer = packets.buffer();
    position = packets.offset() + RtcpCompound.FEEDBACK_HEADER_LENGTH;
    end = packets.offset() + packets.length();
    mask = 0;
    return true;
  }

  /** Moves to the next lost packet; false when there is none left. */
  public boolean next() {
    if (mask != 0) {
      int bit = Integer.numberOfTrailingZeros(mask);
      mask &= mask - 1;
      sequenceNumber = (first + 1 + bit) & 0xFFFF;
      return true;
    }
    if (end - position < ENTRY_LENGTH) {
      return false;
    }
    first = NetworkOrder.unsignedShort(buffer, position);
    mask = NetworkOrder.unsignedShort(buffer, position + 2);
    position += ENTRY_LENGTH;
    sequenceNumber = first;
    return true;
  }

  /** The sequence number asked for, 0 to 65535. */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** The most bytes that {@link #write} takes for {@code count} numbers. */
  public static int maxLength(int count) {
    return RtcpCompound.FEEDBACK_HEADER_LENGTH + ENTRY_LENGTH * count;
  }

  /**
   * Writes a NACK.
   *
   * @param lost sequence numbers in ascending order (with wrap-around)
   * @param count how many of them count, at least 1
   * @return the length in bytes, at most {@link #maxLength}
   */
  public static int write(
      byte[] buffer, int offset, int senderSsrc, int mediaSsrc, int[] lost, int count) {
    int at = offset + RtcpCompound.FEEDBACK_HEADER_LENGTH;
    int i = 0;
    while (i < count) {
      int base = lost[i++];
      int bits = 0;
      for (int bit; i < count && (bit = bitOf(base, lost[i])) != NO_BIT; i++) {
        bits |= 1 << bit;
      }
      NetworkOrder.putShort(buffer, at, base);
      NetworkOrder.putShort(buffer, at + 2, bits);
      at += ENTRY_LENGTH;
    }
    RtcpCompound.writeFeedbackHeader(
        buffer,
        offset,
        RtcpType.FORMAT_NACK,
        RtcpType.TRANSPORT_FEEDBACK,
        at - offset,
        senderSsrc,
        mediaSsrc);
    return at - offset;
  }

  private static int bitOf(int base, int sequenceNumber) {
    int distance = (sequenceNumber - base) & 0xFFFF;
    return distance >= 1 && distance <= 16 ? distance - 1 : NO_BIT;
  }
}

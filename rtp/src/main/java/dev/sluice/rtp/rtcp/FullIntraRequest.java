package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A flyweight over a full intra request (RFC 5104 §4.3.1): {@link #wrap}, then {@link #next} for
 * each source asked for a key frame. Writes one for a single source.
 */
public final class FullIntraRequest {
  /** Bytes of a request to one source. */
  public static final int LENGTH = 20;

  private static final int ENTRY_LENGTH = 8;

  private byte[] buffer = new byte[0];
  private int entry;
  private int next;
  private int end;

  /** Takes the packet at the cursor; false when it is no full intra request. */
  public boolean wrap(RtcpCompound packets) {
    if (!packets.is(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_FIR)
        || packets.length() < RtcpCompound.FEEDBACK_HEADER_LENGTH) {
      return false;
    }
    buffer = packets.buffer();
    next = packets.offset() + RtcpCompound.FEEDBACK_HEADER_LENGTH;
    end = packets.offset() + packets.length();
    return true;
  }

  /** Moves to the next entry; false when there is none left. */
  public boolean next() {
    if (end - next < ENTRY_LENGTH) {
      return false;
    }
    entry = next;
    next += ENTRY_LENGTH;
    return true;
  }

  /** The source asked; only meaningful after {@link #next}. */
  public int ssrc() {
    return NetworkOrder.int32(buffer, entry);
  }

  /** The command's number, 0 to 255: the same number again is a repeat of the same request. */
  public int commandNumber() {
    return NetworkOrder.unsignedByte(buffer, entry + 4);
  }

  /** Writes a request to one source and returns its length, {@link #LENGTH}. */
  public static int write(
      byte[] buffer, int offset, int senderSsrc, int targetSsrc, int commandNumber) {
    // RFC 5104 §4.3.1.2: the media SSRC of the header is not used and shall be 0
    RtcpCompound.writeFeedbackHeader(
        buffer, offset, RtcpType.FORMAT_FIR, RtcpType.PAYLOAD_FEEDBACK, LENGTH, senderSsrc, 0);
    NetworkOrder.putInt(buffer, offset + 12, targetSsrc);
    NetworkOrder.putInt(buffer, offset + 16, commandNumber << 24);
    return LENGTH;
  }
}

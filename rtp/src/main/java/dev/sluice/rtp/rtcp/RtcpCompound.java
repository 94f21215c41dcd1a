package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A cursor over the packets of one RTCP datagram, compound or reduced-size (RFC 3550 §6.1, RFC
 * 5506): {@link #wrap}, then {@link #next} until it is false. The flyweights of this package take
 * the packet at the cursor. Unknown types (XR, APP) are passed over by whoever does not want them.
 */
public final class RtcpCompound {
  static final int HEADER_LENGTH = 4;
  static final int SENDER_SSRC_OFFSET = 4;
  static final int MEDIA_SSRC_OFFSET = 8;
  static final int FEEDBACK_HEADER_LENGTH = 12;

  private static final int VERSION_2 = 0x80;
  private static final int VERSION_MASK = 0xC0;
  private static final int PADDING_BIT = 0x20;
  private static final int COUNT_MASK = 0x1F;

  private byte[] buffer = new byte[HEADER_LENGTH];
  private int offset;
  private int length;
  private int position;
  private int end;
  private boolean malformed;

  /** Takes a datagram; the bytes are not copied. The cursor stands before the first packet. */
  public void wrap(byte[] buffer, int offset, int length) {
    malformed = !NetworkOrder.isRegion(buffer, offset, length);
    this.buffer = buffer;
    this.offset = offset;
    this.length = 0;
    position = offset;
    end = malformed ? offset : offset + length;
  }

  /**
   * Moves to the next packet.
   *
   * @return false at the end, or at a packet that is malformed ({@link #malformed()} tells which);
   *     those before it stand
   */
  public boolean next() {
    if (position == end) {
      return false;
    }
    int remaining = end - position;
    if (remaining < HEADER_LENGTH || (buffer[position] & VERSION_MASK) != VERSION_2) {
      return fail();
    }
    int packetLength = HEADER_LENGTH + 4 * NetworkOrder.unsignedShort(buffer, position + 2);
    if (packetLength > remaining) {
      return fail();
    }
    int padding = 0;
    if ((buffer[position] & PADDING_BIT) != 0) {
      padding = NetworkOrder.unsignedByte(buffer, position + packetLength - 1);
      // RFC 3550 §6.4.1 wants a multiple of four, on the last packet only. libwebrtc pads each
      // transport-wide feedback with 1 to 3 bytes, and may put several into one datagram.
      if (padding == 0 || padding > packetLength - HEADER_LENGTH) {
        return fail();
      }
    }
    offset = position;
    length = packetLength - padding;
    position += packetLength;
    return true;
  }

  private boolean fail() {
    malformed = true;
    position = end;
    return false;
  }

  /** Whether the datagram ended in something that is no RTCP packet. */
  public boolean malformed() {
    return malformed;
  }

  /** The packet type, see {@link RtcpType}. */
  public int type() {
    return NetworkOrder.unsignedByte(buffer, offset + 1);
  }

  /** The five bits that are a count of reports or sources, or the format of a feedback message. */
  public int countOrFormat() {
    return buffer[offset] & COUNT_MASK;
  }

  /** Whether the packet has this type and this format. */
  public boolean is(int type, int format) {
    return type() == type && countOrFormat() == format;
  }

  /** The array given to {@link #wrap}. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the packet starts in {@link #buffer()}. */
  public int offset() {
    return offset;
  }

  /** Bytes of the packet, its header included and padding not. */
  public int length() {
    return length;
  }

  /** The SSRC of who sent the packet (in SR, RR and feedback), or 0 when it is too short. */
  public int senderSsrc() {
    return length < MEDIA_SSRC_OFFSET ? 0 : NetworkOrder.int32(buffer, offset + SENDER_SSRC_OFFSET);
  }

  /** The SSRC a feedback message is about, or 0 when the packet is too short. */
  public int mediaSsrc() {
    return length < FEEDBACK_HEADER_LENGTH
        ? 0
        : NetworkOrder.int32(buffer, offset + MEDIA_SSRC_OFFSET);
  }

  /** Writes the four bytes in front of every packet; the length counts them. */
  static void writeHeader(byte[] buffer, int offset, int countOrFormat, int type, int length) {
    buffer[offset] = (byte) (VERSION_2 | countOrFormat);
    buffer[offset + 1] = (byte) type;
    NetworkOrder.putShort(buffer, offset + 2, length / 4 - 1);
  }

  /** Writes the twelve bytes in front of every feedback message (RFC 4585 §6.1). */
  static void writeFeedbackHeader(
      byte[] buffer, int offset, int format, int type, int length, int senderSsrc, int mediaSsrc) {
    writeHeader(buffer, offset, format, type, length);
    NetworkOrder.putInt(buffer, offset + SENDER_SSRC_OFFSET, senderSsrc);
    NetworkOrder.putInt(buffer, offset + MEDIA_SSRC_OFFSET, mediaSsrc);
  }
}

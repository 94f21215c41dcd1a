package dev.sluice.rtp.rtcp;

/** Picture loss indication (RFC 4585 §6.3.1): asks a sender for a key frame. Stateless. */
public final class PictureLossIndication {
  /** Bytes of the message. */
  public static final int LENGTH = RtcpCompound.FEEDBACK_HEADER_LENGTH;

  private PictureLossIndication() {}

  /** Whether the packet at the cursor is one; {@link RtcpCompound#mediaSsrc()} says for whom. */
  public static boolean matches(RtcpCompound packets) {
    return packets.is(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FORMAT_PLI) && packets.length() >= LENGTH;
  }

  /** Writes the message and returns its length, {@link #LENGTH}. */
  public static int write(byte[] buffer, int offset, int senderSsrc, int mediaSsrc) {
    RtcpCompound.writeFeedbackHeader(
        buffer,
        offset,
        RtcpType.FORMAT_PLI,
        RtcpType.PAYLOAD_FEEDBACK,
        LENGTH,
        senderSsrc,
        mediaSsrc);
    return LENGTH;
  }
}

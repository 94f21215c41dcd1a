package dev.sluice.rtp.rtcp;

/** Packet types and feedback formats of RTCP. Numbers rather than an enum: unknown ones pass. */
public final class RtcpType {
  /** Sender report (RFC 3550 §6.4.1). */
  public static final int SENDER_REPORT = 200;

  /** Receiver report (RFC 3550 §6.4.2). */
  public static final int RECEIVER_REPORT = 201;

  /** Source description (RFC 3550 §6.5). */
  public static final int SOURCE_DESCRIPTION = 202;

  /** Goodbye (RFC 3550 §6.6). */
  public static final int BYE = 203;

  /** Transport layer feedback (RFC 4585 §6.2). */
  public static final int TRANSPORT_FEEDBACK = 205;

  /** Payload-specific feedback (RFC 4585 §6.3). */
  public static final int PAYLOAD_FEEDBACK = 206;

  /** Format of {@link #TRANSPORT_FEEDBACK}: generic NACK (RFC 4585 §6.2.1). */
  public static final int FORMAT_NACK = 1;

  /** Format of {@link #TRANSPORT_FEEDBACK}: transport-wide congestion control. */
  public static final int FORMAT_TRANSPORT_WIDE_CC = 15;

  /** Format of {@link #PAYLOAD_FEEDBACK}: picture loss indication (RFC 4585 §6.3.1). */
  public static final int FORMAT_PLI = 1;

  /** Format of {@link #PAYLOAD_FEEDBACK}: full intra request (RFC 5104 §4.3.1). */
  public static final int FORMAT_FIR = 4;

  /** Format of {@link #PAYLOAD_FEEDBACK}: application layer feedback (RFC 4585 §6.4), as REMB. */
  public static final int FORMAT_APPLICATION_LAYER = 15;

  private RtcpType() {}

  /**
   * Whether a packet on a port shared by RTP and RTCP is RTCP (RFC 5761 §4): its second byte is 192
   * to 223.
   */
  public static boolean isRtcp(byte[] buffer, int offset, int length) {
    int type = length < 2 ? 0 : buffer[offset + 1] & 0xFF;
    return type >= 192 && type <= 223;
  }
}

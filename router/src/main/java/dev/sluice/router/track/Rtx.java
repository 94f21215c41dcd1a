package dev.sluice.router.track;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;

/** Turns retransmissions back into the packets they repeat (RFC 4588 §4). Stateless. */
public final class Rtx {
  /** Bytes of the original sequence number in front of the payload. */
  public static final int OSN_LENGTH = 2;

  private static final int PAYLOAD_TYPE_OFFSET = 1;
  private static final int SEQUENCE_NUMBER_OFFSET = 2;
  private static final int SSRC_OFFSET = 8;

  private Rtx() {}

  /**
   * Restores the original in place: the header moves over the original sequence number, so the
   * packet starts two bytes later and the payload stays where it is. Header extensions stay those
   * of the retransmission.
   *
   * @param packet a retransmission; wraps the original afterwards
   * @return false, with nothing changed, when it carries no original: publishers probe with padding
   */
  public static boolean restore(RtpPacket packet, int ssrc, int payloadType) {
    // An original of no payload was padding, which nobody needs again
    if (packet.payloadLength() <= OSN_LENGTH) {
      return false;
    }
    byte[] buffer = packet.buffer();
    int sequenceNumber = NetworkOrder.unsignedShort(buffer, packet.payloadOffset());
    int from = packet.offset();
    int to = from + OSN_LENGTH;
    int length = packet.length() - OSN_LENGTH;
    int marker = buffer[from + PAYLOAD_TYPE_OFFSET] & 0x80;
    System.arraycopy(buffer, from, buffer, to, packet.headerLength());
    NetworkOrder.putByte(buffer, to + PAYLOAD_TYPE_OFFSET, marker | payloadType);
    NetworkOrder.putShort(buffer, to + SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    NetworkOrder.putInt(buffer, to + SSRC_OFFSET, ssrc);
    return packet.wrap(buffer, to, length);
  }
}

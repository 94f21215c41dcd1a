package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/** A flyweight over the sender part of a sender report (RFC 3550 §6.4.1), and its writer. */
public final class SenderReport {
  /** Bytes of a sender report without report blocks. */
  public static final int LENGTH = 28;

  private static final int NTP_OFFSET = 8;
  private static final int RTP_TIMESTAMP_OFFSET = 16;
  private static final int PACKET_COUNT_OFFSET = 20;
  private static final int OCTET_COUNT_OFFSET = 24;

  private byte[] buffer = new byte[LENGTH];
  private int offset;

  /** Takes the packet at the cursor; false when it is no sender report. */
  public boolean wrap(RtcpCompound packets) {
    if (packets.type() != RtcpType.SENDER_REPORT || packets.length() < LENGTH) {
      return false;
    }
    buffer = packets.buffer();
    offset = packets.offset();
    return true;
  }

  /** The source reported on. */
  public int ssrc() {
    return NetworkOrder.int32(buffer, offset + RtcpCompound.SENDER_SSRC_OFFSET);
  }

  /** The sender's clock as in {@link dev.sluice.rtp.NtpTime}. */
  public long ntpTime() {
    return NetworkOrder.int64(buffer, offset + NTP_OFFSET);
  }

  /** The same moment on the media clock. */
  public int rtpTimestamp() {
    return NetworkOrder.int32(buffer, offset + RTP_TIMESTAMP_OFFSET);
  }

  /** Packets sent, modulo 2^32. */
  public int packetCount() {
    return NetworkOrder.int32(buffer, offset + PACKET_COUNT_OFFSET);
  }

  /** Bytes of payload sent, modulo 2^32. */
  public int octetCount() {
    return NetworkOrder.int32(buffer, offset + OCTET_COUNT_OFFSET);
  }

  /** Writes a report without blocks and returns its length, {@link #LENGTH}. */
  public static int write(
      byte[] buffer,
      int offset,
      int ssrc,
      long ntpTime,
      int rtpTimestamp,
      int packetCount,
      int octetCount) {
    RtcpCompound.writeHeader(buffer, offset, 0, RtcpType.SENDER_REPORT, LENGTH);
    NetworkOrder.putInt(buffer, offset + RtcpCompound.SENDER_SSRC_OFFSET, ssrc);
    NetworkOrder.putLong(buffer, offset + NTP_OFFSET, ntpTime);
    NetworkOrder.putInt(buffer, offset + RTP_TIMESTAMP_OFFSET, rtpTimestamp);
    NetworkOrder.putInt(buffer, offset + PACKET_COUNT_OFFSET, packetCount);
    NetworkOrder.putInt(buffer, offset + OCTET_COUNT_OFFSET, octetCount);
    return LENGTH;
  }
}

package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * Writes a receiver report (RFC 3550 §6.4.2): {@link #begin}, {@link #append} for each source,
 * {@link #finish}. {@link ReportBlocks} reads one. One thread; reusable; allocates nothing.
 */
public final class ReceiverReport {
  /** A report has five bits for the count of its blocks. */
  public static final int MAX_BLOCKS = 31;

  static final int EMPTY_LENGTH = 8;

  private byte[] buffer = new byte[0];
  private int offset;
  private int senderSsrc;
  private int count;

  /** Bytes of a report with {@code blocks} blocks. */
  public static int lengthOf(int blocks) {
    return EMPTY_LENGTH + blocks * ReportBlocks.BLOCK_LENGTH;
  }

  /** Starts a report from {@code senderSsrc} at {@code offset}. */
  public void begin(byte[] buffer, int offset, int senderSsrc) {
    this.buffer = buffer;
    this.offset = offset;
    this.senderSsrc = senderSsrc;
    count = 0;
  }

  /**
   * Adds a block; the numbers are those of {@link ReportBlocks}.
   *
   * @return false when the report is full
   */
  public boolean append(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int extendedHighest,
      int jitterTicks,
      int lastSenderReport,
      int delaySinceLastSenderReport) {
    if (count == MAX_BLOCKS) {
      return false;
    }
    ReportBlocks.write(
        buffer,
        offset + lengthOf(count++),
        ssrc,
        fractionLost,
        cumulativeLost,
        extendedHighest,
        jitterTicks,
        lastSenderReport,
        delaySinceLastSenderReport);
    return true;
  }

  /** Writes the header and returns the report's length in bytes. */
  public int finish() {
    int length = lengthOf(count);
    RtcpCompound.writeHeader(buffer, offset, count, RtcpType.RECEIVER_REPORT, length);
    NetworkOrder.putInt(buffer, offset + RtcpCompound.SENDER_SSRC_OFFSET, senderSsrc);
    return length;
  }
}

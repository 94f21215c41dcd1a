package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A flyweight over the report blocks of a sender or receiver report (RFC 3550 §6.4.1): {@link
 * #wrap}, then {@link #next} for each block. Blocks that the count promises and the length does not
 * hold are left out.
 */
public final class ReportBlocks {
  static final int BLOCK_LENGTH = 24;

  private static final int FRACTION_LOST_OFFSET = 4;
  private static final int CUMULATIVE_LOST_OFFSET = 5;
  private static final int EXTENDED_HIGHEST_OFFSET = 8;
  private static final int JITTER_OFFSET = 12;
  private static final int LAST_SR_OFFSET = 16;
  private static final int DELAY_SINCE_LAST_SR_OFFSET = 20;

  private byte[] buffer = new byte[BLOCK_LENGTH];
  private int block;
  private int next;
  private int remaining;

  /** Takes the packet at the cursor; false when it is no report. */
  public boolean wrap(RtcpCompound packets) {
    int start =
        switch (packets.type()) {
          case RtcpType.SENDER_REPORT -> SenderReport.LENGTH;
          case RtcpType.RECEIVER_REPORT -> ReceiverReport.EMPTY_LENGTH;
          default -> Integer.MAX_VALUE;
        };
    if (packets.length() < start) {
      return false;
    }
    buffer = packets.buffer();
    next = packets.offset() + start;
    remaining = Math.min(packets.countOrFormat(), (packets.length() - start) / BLOCK_LENGTH);
    return true;
  }

  /** Moves to the next block; false when there is none left. */
  public boolean next() {
    if (remaining == 0) {
      return false;
    }
    remaining--;
    block = next;
    next += BLOCK_LENGTH;
    return true;
  }

  /** The source the block is about. */
  public int ssrc() {
    return NetworkOrder.int32(buffer, block);
  }

  /** The share of packets lost since the report before, in 256ths. */
  public int fractionLost() {
    return NetworkOrder.unsignedByte(buffer, block + FRACTION_LOST_OFFSET);
  }

  /** Packets lost since the start, -2^23 to 2^23 - 1; duplicates make it negative. */
  public int cumulativeLost() {
    return NetworkOrder.unsigned24(buffer, block + CUMULATIVE_LOST_OFFSET) << 8 >> 8;
  }

  /** Cycles in the high and the highest sequence number received in the low 16 bits. */
  public int extendedHighest() {
    return NetworkOrder.int32(buffer, block + EXTENDED_HIGHEST_OFFSET);
  }

  /** Interarrival jitter in ticks of the media clock. */
  public int jitterTicks() {
    return NetworkOrder.int32(buffer, block + JITTER_OFFSET);
  }

  /** The compact NTP time of the last sender report, or 0 when none came. */
  public int lastSenderReport() {
    return NetworkOrder.int32(buffer, block + LAST_SR_OFFSET);
  }

  /** The time since it came, in units of 2^-16 s. */
  public int delaySinceLastSenderReport() {
    return NetworkOrder.int32(buffer, block + DELAY_SINCE_LAST_SR_OFFSET);
  }

  static void write(
      byte[] buffer,
      int block,
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int extendedHighest,
      int jitterTicks,
      int lastSenderReport,
      int delaySinceLastSenderReport) {
    NetworkOrder.putInt(buffer, block, ssrc);
    NetworkOrder.putByte(buffer, block + FRACTION_LOST_OFFSET, fractionLost);
    NetworkOrder.put24(buffer, block + CUMULATIVE_LOST_OFFSET, cumulativeLost);
    NetworkOrder.putInt(buffer, block + EXTENDED_HIGHEST_OFFSET, extendedHighest);
    NetworkOrder.putInt(buffer, block + JITTER_OFFSET, jitterTicks);
    NetworkOrder.putInt(buffer, block + LAST_SR_OFFSET, lastSenderReport);
    NetworkOrder.putInt(buffer, block + DELAY_SINCE_LAST_SR_OFFSET, delaySinceLastSenderReport);
  }
}

package dev.sluice.router.track;

import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.Timestamps;
import dev.sluice.rtp.rtcp.ReceiverReport;

/**
 * Counts what arrives of one SSRC and reports it (RFC 3550 §A.1, §A.3, §A.8). Restored
 * retransmissions don't count. Used on the worker's thread only.
 */
public final class ReceptionStatistics {
  // RFC 3550 §A.1
  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;

  private static final int MAX_CUMULATIVE_LOST = 0x7F_FFFF;
  private static final int MIN_CUMULATIVE_LOST = -0x80_0000;

  private final int clockRateHz;
  private boolean started;
  private long baseSequence;
  private long highestSequence;
  private int nextAfterJump = -1;
  private long received;
  private long expectedPrior;
  private long receivedPrior;
  private int lastTransit;
  private int jitterTimes16;
  private boolean hasSenderReport;
  private int lastSenderReport;
  private long senderReportNanos;

  ReceptionStatistics(int clockRateHz) {
    this.clockRateHz = clockRateHz;
  }

  void onPacket(int sequenceNumber, int rtpTimestamp, long nowNanos) {
    int arrival = (int) Timestamps.ticksOfNanos(nowNanos, clockRateHz);
    int transit = arrival - rtpTimestamp;
    if (!started) {
      start(sequenceNumber);
      lastTransit = transit;
    } else if (!accept(sequenceNumber)) {
      return;
    }
    received++;
    int difference = Math.abs(transit - lastTransit);
    lastTransit = transit;
    // A jump of the timestamps is no jitter; it would take minutes to fade
    if (difference >= 0 && difference < clockRateHz) {
      jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
    }
  }

  private boolean accept(int sequenceNumber) {
    long sequence = SequenceNumbers.unwrap(highestSequence, sequenceNumber);
    long distance = sequence - highestSequence;
    if (distance > -MAX_MISORDER && distance < MAX_DROPOUT) {
      highestSequence = Math.max(highestSequence, sequence);
      nextAfterJump = -1;
      return true;
    }
    // RFC 3550 §A.1: two in a row after a large jump mean that the source has started over
    if (sequenceNumber == nextAfterJump) {
      start(sequenceNumber);
      return true;
    }
    nextAfterJump = SequenceNumbers.plus(sequenceNumber, 1);
    return false;
  }

  private void start(int sequenceNumber) {
    started = true;
    baseSequence = sequenceNumber;
    highestSequence = sequenceNumber;
    nextAfterJump = -1;
    received = 0;
    expectedPrior = 0;
    receivedPrior = 0;
  }

  /** Takes the time of a sender report of this SSRC, as {@link NtpTime}. */
  public void onSenderReport(long ntpTime, long nowNanos) {
    hasSenderReport = true;
    lastSenderReport = NtpTime.compact(ntpTime);
    senderReportNanos = nowNanos;
  }

  /**
   * Adds this source's block to a receiver report and starts the next interval.
   *
   * @return false when the report is full, or nothing was received yet
   */
  public boolean appendTo(ReceiverReport report, int ssrc, long nowNanos) {
    if (!started) {
      return false;
    }
    long expected = highestSequence - baseSequence + 1;
    long expectedNow = expected - expectedPrior;
    long lostNow = expectedNow - (received - receivedPrior);
    int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) ((lostNow << 8) / expectedNow);
    boolean added =
        report.append(
            ssrc,
            Math.min(fraction, 0xFF),
            Math.clamp(expected - received, MIN_CUMULATIVE_LOST, MAX_CUMULATIVE_LOST),
            (int) highestSequence,
            jitterTimes16 >> 4,
            hasSenderReport ? lastSenderReport : 0,
            hasSenderReport ? NtpTime.compactOfNanos(nowNanos - senderReportNanos) : 0);
    if (added) {
      expectedPrior = expected;
      receivedPrior = received;
    }
    return added;
  }

  /** Packets received since the source started. */
  public long packetsReceived() {
    return received;
  }

  /** Packets lost since the source started; duplicates make it negative. */
  public long packetsLost() {
    return started ? highestSequence - baseSequence + 1 - received : 0;
  }
}

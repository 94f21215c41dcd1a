package dev.sluice.router.forward;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.SenderReport;
import java.util.concurrent.TimeUnit;

/**
 * The sender reports of one outgoing stream (RFC 3550 §6.4.1), and the round trip they measure.
 * Used on the worker's thread only.
 *
 * <p>Reports carry the publisher's wall clock, taken from its own reports, and our timestamps for
 * it. All tracks of a stream thus share one clock, which is what lip sync needs, and a switch of
 * layers changes nothing in it. Until the publisher's first report there are none: guessed from
 * arrival times they would be wrong by the network's jitter, and the jump to the true ones would
 * make the subscriber move its playback. Without them it plays each track as it comes.
 */
public final class SenderReports {
  /** Time between reports. */
  public static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int REMEMBERED = 8;
  private static final long INITIAL_RTT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_RTT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int ssrc;
  private final int[] sentCompactNtp = new int[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private int reports;
  private int packetCount;
  private int octetCount;
  private int reportedPacketCount;
  private long lastReportNanos;
  private boolean rttKnown;
  private long rttNanos = INITIAL_RTT_NANOS;

  /** Reports on the stream with this SSRC. */
  public SenderReports(int ssrc) {
    this.ssrc = ssrc;
  }

  /** A packet was sent; retransmissions on an SSRC of their own don't count. */
  public void onSent(int payloadLength) {
    packetCount++;
    octetCount += payloadLength;
  }

  /** Packets that were counted did not leave after all. */
  void onUnsent(int packets, int payloadBytes) {
    packetCount -= packets;
    octetCount -= payloadBytes;
  }

  /**
   * Writes a report when one is due: a second after the last, and only when packets were sent
   * since.
   *
   * @return its length, or 0
   */
  public int write(Rewriter rewriter, long nowNanos, byte[] out, int offset) {
    SenderClock clock = rewriter.knownClock();
    if (clock == null
        || packetCount == reportedPacketCount
        || (reports > 0 && nowNanos - lastReportNanos < INTERVAL_NANOS)) {
      return 0;
    }
    long ntpTime = clock.ntpNow(nowNanos);
    int slot = reports % REMEMBERED;
    sentCompactNtp[slot] = NtpTime.compact(ntpTime);
    sentNanos[slot] = nowNanos;
    reports++;
    lastReportNanos = nowNanos;
    reportedPacketCount = packetCount;
    return SenderReport.write(
        out,
        offset,
        ssrc,
        ntpTime,
        rewriter.timestamp(clock.timestampOf(ntpTime)),
        packetCount,
        octetCount);
  }

  /** Takes the block of a receiver report about this stream, at the cursor of {@code block}. */
  public void onReport(ReportBlocks block, long nowNanos) {
    if (block.ssrc() != ssrc || block.lastSenderReport() == 0) {
      return;
    }
    for (int i = 0; i < Math.min(reports, REMEMBERED); i++) {
      if (sentCompactNtp[i] == block.lastSenderReport()) {
        long delay = block.delaySinceLastSenderReport() & 0xFFFF_FFFFL;
        long sample = nowNanos - sentNanos[i] - NtpTime.toNanos(delay << 16);
        measure(Math.max(0, sample));
      }
    }
  }

  private void measure(long sampleNanos) {
    if (sampleNanos > MAX_RTT_NANOS) {
      return;
    }
    rttNanos = rttKnown ? rttNanos + (sampleNanos - rttNanos) / 8 : sampleNanos;
    rttKnown = true;
  }

  /** The smoothed round trip to the subscriber; 100 ms until it is measured. */
  public long rttNanos() {
    return rttNanos;
  }
}

package dev.sluice.router.track;

import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.Timestamps;

/**
 * How the RTP timestamps of one SSRC relate to the publisher's wall clock, from its last sender
 * report (RFC 3550 §6.4.1). All tracks of a publisher share that wall clock, so it ties audio to
 * video and one simulcast layer to another. Used on the worker's thread only.
 */
public final class SenderClock {
  private final int clockRateHz;
  private boolean known;
  private long ntpTime;
  private int rtpTimestamp;
  private long receivedNanos;

  /** A clock of which nothing is known yet. */
  public SenderClock(int clockRateHz) {
    this.clockRateHz = clockRateHz;
  }

  /** Takes a report. One without a wall clock time is of no use (RFC 3550 §6.4.1: zero). */
  public void onSenderReport(long ntpTime, int rtpTimestamp, long nowNanos) {
    if (ntpTime == 0) {
      return;
    }
    known = true;
    this.ntpTime = ntpTime;
    this.rtpTimestamp = rtpTimestamp;
    receivedNanos = nowNanos;
  }

  /** Whether a report has come; nothing below means anything before. */
  public boolean isKnown() {
    return known;
  }

  /** Ticks of the RTP timestamp in a second. */
  public int clockRateHz() {
    return clockRateHz;
  }

  /** The publisher's wall clock, as {@link NtpTime}, as far as it is known here now. */
  public long ntpNow(long nowNanos) {
    return ntpTime + NtpTime.ofNanos(nowNanos - receivedNanos);
  }

  /** The publisher's wall clock at an RTP timestamp. */
  public long ntpOf(int timestamp) {
    int ticks = Timestamps.distance(rtpTimestamp, timestamp);
    return ntpTime + NtpTime.ofNanos(Timestamps.nanosOfTicks(ticks, clockRateHz));
  }

  /** The RTP timestamp at a time of the publisher's wall clock. */
  public int timestampOf(long anNtpTime) {
    long nanos = NtpTime.toNanos(anNtpTime - ntpTime);
    return rtpTimestamp + (int) Timestamps.ticksOfNanos(nanos, clockRateHz);
  }
}

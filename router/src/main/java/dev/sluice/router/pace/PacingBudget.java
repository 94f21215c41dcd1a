package dev.sluice.router.pace;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes may leave now, at a rate with small bursts. A packet may leave while there is
 * anything left, and what it is larger is owed; what never waits makes debts too, but no large
 * ones. While packets wait nothing of the rate is lost, even if they are looked at late.
 */
final class PacingBudget {
  /** The rate at which nothing ever waits. */
  static final long UNLIMITED_BPS = Long.MAX_VALUE;

  private static final long MAX_RATE_BPS = 1_000_000_000;
  // When a path breaks down, sound waits behind what was sent at once last
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  // A packet, however low the rate.
  private static final long LEAST_BYTES = 1_300;
  private static final long MOST_DEBT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  // In bits times a second's nanoseconds, so that no rate loses anything by rounding.
  private static final long NANOBITS_PER_BYTE = 8_000_000_000L;
  private static final long MAX_ELAPSED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean unlimited = true;
  private long rateBps;
  private long creditNanobits;
  private long updatedNanos;

  void setRate(long bitrateBps, long nowNanos) {
    if (unlimited) {
      updatedNanos = nowNanos;
      creditNanobits = Long.MAX_VALUE;
    }
    unlimited = bitrateBps == UNLIMITED_BPS;
    rateBps = Math.min(bitrateBps, MAX_RATE_BPS);
    creditNanobits = Math.clamp(creditNanobits, -nanobits(MOST_DEBT_NANOS), nanobits(BURST_NANOS));
  }

  private long nanobits(long nanos) {
    return Math.max(rateBps * nanos, LEAST_BYTES * NANOBITS_PER_BYTE);
  }

  /**
   * Whether a packet may leave.
   *
   * @param late whether one has waited for nothing but its turn since this was asked last
   */
  boolean isOpen(boolean late, long nowNanos) {
    update(nanobits(late ? LATE_NANOS : BURST_NANOS), nowNanos);
    return unlimited || creditNanobits > 0;
  }

  void charge(int wireBytes, long nowNanos) {
    update(Math.max(creditNanobits, nanobits(BURST_NANOS)), nowNanos);
    creditNanobits -= wireBytes * NANOBITS_PER_BYTE;
    creditNanobits = Math.max(creditNanobits, -nanobits(MOST_DEBT_NANOS));
  }

  /** How long it takes to send so many bytes; 0 when nothing ever waits. */
  long nanosOf(long wireBytes) {
    return unlimited ? 0 : wireBytes * NANOBITS_PER_BYTE / rateBps;
  }

  private void update(long mostNanobits, long nowNanos) {
    long elapsed = nowNanos - updatedNanos;
    if (elapsed <= 0 || unlimited) {
      return;
    }
    updatedNanos = nowNanos;
    long earned = rateBps * Math.min(elapsed, MAX_ELAPSED_NANOS);
    creditNanobits = Math.min(mostNanobits, creditNanobits + earned);
  }
}

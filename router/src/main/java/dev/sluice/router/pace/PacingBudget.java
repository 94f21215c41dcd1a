package dev.sluice.router.pace;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes may leave now, at a rate with small bursts. A packet may leave while there is
 * anything left, and what it is larger is owed; what never waits makes debts too, but none larger
 * than a burst.
 */
final class PacingBudget {
  /** The rate at which nothing ever waits. */
  static final long UNLIMITED_BPS = Long.MAX_VALUE;

  private static final long MAX_RATE_BPS = 1_000_000_000;
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  // A packet, however low the rate.
  private static final long MIN_BURST_BYTES = 1_300;
  // In bits times a second's nanoseconds, so that no rate loses anything by rounding.
  private static final long NANOBITS_PER_BYTE = 8_000_000_000L;
  private static final long MAX_ELAPSED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private boolean unlimited = true;
  private long rateBps;
  private long burstNanobits;
  private long creditNanobits;
  private long updatedNanos;

  void setRate(long bitrateBps, long nowNanos) {
    update(nowNanos);
    boolean first = unlimited;
    unlimited = bitrateBps == UNLIMITED_BPS;
    rateBps = Math.min(bitrateBps, MAX_RATE_BPS);
    burstNanobits = Math.max(rateBps * BURST_NANOS, MIN_BURST_BYTES * NANOBITS_PER_BYTE);
    creditNanobits =
        first ? burstNanobits : Math.clamp(creditNanobits, -burstNanobits, burstNanobits);
    updatedNanos = nowNanos;
  }

  boolean isOpen(long nowNanos) {
    update(nowNanos);
    return unlimited || creditNanobits > 0;
  }

  void charge(int wireBytes, long nowNanos) {
    update(nowNanos);
    creditNanobits = Math.max(-burstNanobits, creditNanobits - wireBytes * NANOBITS_PER_BYTE);
  }

  /** How long it takes to send so many bytes; 0 when nothing ever waits. */
  long nanosOf(long wireBytes) {
    return unlimited ? 0 : wireBytes * NANOBITS_PER_BYTE / rateBps;
  }

  private void update(long nowNanos) {
    long elapsed = nowNanos - updatedNanos;
    if (elapsed <= 0 || unlimited) {
      return;
    }
    updatedNanos = nowNanos;
    creditNanobits =
        Math.min(burstNanobits, creditNanobits + rateBps * Math.min(elapsed, MAX_ELAPSED_NANOS));
  }
}

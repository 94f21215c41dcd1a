package dev.sluice.router.estimate;

/**
 * What the path was found to carry when it was full last. Only what arrives, or a probe, can show
 * that it carries more by now: that nothing goes wrong while little is sent proves nothing.
 */
final class KnownCapacity {
  private static final long UNKNOWN = RateMeter.UNKNOWN;
  private static final double MUCH_LESS = 0.8;
  private static final double MUCH_MORE = 1.15;
  private static final double NEW = 0.3;

  private long bps = UNKNOWN;
  // A probe has passed that was too much before
  private boolean widening;

  /** In bit/s, or {@link Estimate#NEVER_FULL}. */
  long bps() {
    return isKnown() ? bps : Estimate.NEVER_FULL;
  }

  boolean isKnown() {
    return bps != UNKNOWN;
  }

  /** The path is full and carries so much. */
  void onFull(long carriedBps) {
    widening = false;
    boolean isOther = carriedBps < MUCH_LESS * bps || carriedBps > MUCH_MORE * bps;
    bps = !isKnown() || isOther ? carriedBps : Math.round(bps + NEW * (carriedBps - bps));
  }

  /** There is a queue, so that what arrives is what the path carries at least. */
  void onWaiting(long arrivedBps) {
    if (isKnown() && arrivedBps > bps) {
      bps = arrivedBps;
    }
  }

  /** So much arrives without a queue. */
  void onClear(long arrivedBps) {
    if (isKnown() && arrivedBps > MUCH_MORE * bps) {
      forget();
    }
  }

  /** A probe of so much has passed. */
  void onProbe(long deliveredBps) {
    if (!isKnown() || deliveredBps <= bps) {
      return;
    }
    boolean isMuchMore = deliveredBps > MUCH_MORE * bps;
    // A single one may have been a burst that the path does not carry for long
    bps = isMuchMore && widening ? UNKNOWN : deliveredBps;
    widening |= isMuchMore;
  }

  void forget() {
    bps = UNKNOWN;
  }
}

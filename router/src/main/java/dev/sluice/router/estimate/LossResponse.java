package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Measures the loss that feedback tells of, and decides when there is too much of it. Whether the
 * rate is the cause shows when it was reduced: a loss that stays is the path's own (radio, say),
 * and less video would be no cure.
 */
final class LossResponse {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long WINDOW_NANOS = 1_000_000_000;
  private static final int BUCKETS = 10;
  private static final int LEAST_PACKETS = 20;
  // The window must be of the time after the reduction, and its packets told of
  private static final long JUDGED_AFTER_NANOS = 1_500_000_000;
  private static final double LESS_IS_SENT = 0.9;
  private static final double LOSS_STAYS = 0.8;
  private static final double FORGETTING = 0.05;
  // More than that is never taken for a path's own
  private static final double MOST_OF_THE_PATH = 0.4;

  private final EstimatorSettings.Loss settings;
  private final SlidingSum told = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private final SlidingSum lost = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private double pathShare;
  private long highSinceNanos = NEVER;
  private long reducedNanos = NEVER;
  private long notBeforeNanos = NEVER;
  private double shareAtReduction;
  private long sentBpsAtReduction;

  LossResponse(EstimatorSettings.Loss settings) {
    this.settings = settings;
  }

  void onReceived(long sendNanos) {
    told.add(sendNanos, 1);
    lost.add(sendNanos, 0);
  }

  void onLost(long sendNanos) {
    told.add(sendNanos, 1);
    lost.add(sendNanos, 1);
  }

  /** One that was told as lost has arrived after all. */
  void onReceivedAfterAll(long sendNanos) {
    lost.add(sendNanos, -1);
  }

  /** Lets go of what was sent a while before. */
  void onTick(long nowNanos) {
    told.add(nowNanos - 2 * WINDOW_NANOS, 0);
    lost.add(nowNanos - 2 * WINDOW_NANOS, 0);
  }

  /** The share of the last second's packets that was lost, 0 to 1. */
  double share() {
    long packets = told.sum();
    return packets == 0 ? 0 : Math.clamp((double) lost.sum() / packets, 0, 1);
  }

  /** The rate was reduced for another reason: what was lost before is answered by that. */
  void onRateReduced(long nowNanos) {
    notBeforeNanos = nowNanos + JUDGED_AFTER_NANOS;
  }

  /** What of it may come from the rate. */
  double excess() {
    return Math.max(0, share() - pathShare);
  }

  /** Whether there is so much of it that the estimate should not grow. */
  boolean holdsGrowth() {
    return excess() > settings.holdShare();
  }

  /**
   * Whether the rate is to be reduced now. Asked once per feedback.
   *
   * @param sentBps what was sent lately
   */
  boolean isReductionDue(long sentBps, long nowNanos) {
    double share = share();
    if (share < pathShare) {
      pathShare += FORGETTING * (share - pathShare);
    }
    if (nowNanos < notBeforeNanos
        || told.sum() < LEAST_PACKETS
        || share - pathShare <= settings.highShare()) {
      highSinceNanos = NEVER;
      reducedNanos = NEVER;
      return false;
    }
    if (highSinceNanos == NEVER) {
      highSinceNanos = nowNanos;
    }
    if (nowNanos - highSinceNanos < MILLISECONDS.toNanos(settings.highMillis())) {
      return false;
    }
    if (reducedNanos != NEVER && nowNanos - reducedNanos < JUDGED_AFTER_NANOS) {
      return false;
    }
    if (reducedNanos != NEVER && isOfThePath(share, sentBps)) {
      pathShare = share;
      reducedNanos = NEVER;
      highSinceNanos = NEVER;
      return false;
    }
    reducedNanos = nowNanos;
    shareAtReduction = share;
    sentBpsAtReduction = sentBps;
    return true;
  }

  private boolean isOfThePath(double share, long sentBps) {
    return share < MOST_OF_THE_PATH
        && share > LOSS_STAYS * shareAtReduction
        && sentBps < LESS_IS_SENT * sentBpsAtReduction;
  }

  void reset() {
    told.reset();
    lost.reset();
    pathShare = 0;
    highSinceNanos = NEVER;
    reducedNanos = NEVER;
    notBeforeNanos = NEVER;
  }
}

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
  private static final long REDUCTIONS_COUNT_NANOS = 15_000_000_000L;
  private static final double LESS_IS_SENT = 0.75;
  private static final double FORGETTING = 0.02;
  // More than that is never taken for a path's own
  private static final double MOST_OF_THE_PATH = 0.4;

  private final EstimatorSettings.Loss settings;
  private final SlidingSum told = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private final SlidingSum lost = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private final SlidingSum toldBytes = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private final SlidingSum lostBytes = new SlidingSum(WINDOW_NANOS, BUCKETS);
  private double pathShare;
  private long highSinceNanos = NEVER;
  private long notBeforeNanos = NEVER;
  // Of the reductions in a row
  private long firstNanos = NEVER;
  private long latestNanos;
  private double shareAtFirst;
  private long sentBpsAtFirst;

  LossResponse(EstimatorSettings.Loss settings) {
    this.settings = settings;
  }

  void onReceived(long sendNanos, int wireBytes) {
    add(sendNanos, 1, 0, wireBytes);
  }

  void onLost(long sendNanos, int wireBytes) {
    add(sendNanos, 1, 1, wireBytes);
  }

  /** One that was told as lost has arrived after all. */
  void onReceivedAfterAll(long sendNanos, int wireBytes) {
    add(sendNanos, 0, -1, wireBytes);
  }

  /** Lets go of what was sent a while before. */
  void onTick(long nowNanos) {
    add(nowNanos - 2 * WINDOW_NANOS, 0, 0, 0);
  }

  private void add(long sendNanos, int toldPackets, int lostPackets, int wireBytes) {
    told.add(sendNanos, toldPackets);
    lost.add(sendNanos, lostPackets);
    toldBytes.add(sendNanos, (long) toldPackets * wireBytes);
    lostBytes.add(sendNanos, (long) lostPackets * wireBytes);
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
    if (firstNanos != NEVER && nowNanos - latestNanos > REDUCTIONS_COUNT_NANOS) {
      firstNanos = NEVER;
    }
    if (nowNanos < notBeforeNanos
        || told.sum() < LEAST_PACKETS
        || share - pathShare <= settings.highShare()) {
      highSinceNanos = NEVER;
      return false;
    }
    highSinceNanos = highSinceNanos == NEVER ? nowNanos : highSinceNanos;
    boolean isBorne = nowNanos - highSinceNanos < MILLISECONDS.toNanos(settings.highMillis());
    if (isBorne || (firstNanos != NEVER && nowNanos - latestNanos < JUDGED_AFTER_NANOS)) {
      return false;
    }
    if (firstNanos != NEVER && isOfThePath(sentBps)) {
      pathShare = share;
      firstNanos = NEVER;
      highSinceNanos = NEVER;
      return false;
    }
    if (firstNanos == NEVER) {
      firstNanos = nowNanos;
      shareAtFirst = shareOfBytes();
      sentBpsAtFirst = sentBps;
    }
    latestNanos = nowNanos;
    return true;
  }

  /**
   * Whether the loss since the first reduction is nearer to what it was, as when the path loses
   * packets by itself, than to what a limit on the rate would leave of it.
   */
  private boolean isOfThePath(long sentBps) {
    if (sentBps >= LESS_IS_SENT * sentBpsAtFirst) {
      return false;
    }
    double ofLimit = Math.max(0, 1 - (1 - shareAtFirst) * sentBpsAtFirst / sentBps);
    double share = shareOfBytes();
    return share < MOST_OF_THE_PATH && share > (shareAtFirst + ofLimit) / 2;
  }

  /** In bytes, because a short buffer that is full still takes the small packets. */
  private double shareOfBytes() {
    long bytes = toldBytes.sum();
    return bytes == 0 ? 0 : Math.clamp((double) lostBytes.sum() / bytes, 0, 1);
  }

  void reset() {
    told.reset();
    lost.reset();
    toldBytes.reset();
    lostBytes.reset();
    pathShare = 0;
    highSinceNanos = NEVER;
    firstNanos = NEVER;
    notBeforeNanos = NEVER;
  }
}

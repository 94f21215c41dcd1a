package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.router.estimate.Estimate.Reason;

/**
 * Holds the estimate, and moves it: down by a factor, up by a share of itself, slower near where
 * the path was full before (draft-ietf-rmcat-gcc-02 §5.5). Other than there, it does not fall
 * because little is sent.
 */
final class RateControl {
  private static final long UNKNOWN = RateMeter.UNKNOWN;
  private static final double NANOS_PER_SECOND = 1_000_000_000;
  private static final double LONGEST_STEP_SECONDS = 0.25;
  private static final double NEARLY_FULL = 0.8;
  // Of the known capacity: up to there at once when the queue is gone
  private static final double NEAR_FULL = 0.97;
  // Past it only while so much of the estimate arrives
  private static final double USED = 0.85;
  // Of what arrives without a queue so much is always believed
  private static final double CARRIED = 0.9;
  // All that is lost in a short outage says nothing of the rate
  private static final double LEAST_LEFT_BY_LOSS = 0.5;
  private static final double LITTLE = 0.35;

  private final EstimatorSettings settings;
  private long bitrateBps;
  private Reason reason = Reason.START;
  private final KnownCapacity capacity = new KnownCapacity();
  private long updatedNanos;
  private long loweredNanos;
  // Since the queue is there
  private boolean queueing;
  private boolean loweredForStanding;
  private long bitrateBeforeQueueBps;
  private long leastCarriedBps;
  private boolean othersQueue;

  RateControl(EstimatorSettings settings, long nowNanos) {
    this.settings = settings;
    bitrateBps = settings.startBps();
    updatedNanos = nowNanos;
    loweredNanos = nowNanos - MILLISECONDS.toNanos(settings.decrease().intervalMillis());
  }

  long bitrateBps() {
    return bitrateBps;
  }

  /** What the path carried when it was full last, or {@link Estimate#NEVER_FULL}. */
  long fullBps() {
    return capacity.bps();
  }

  Reason reason() {
    return reason;
  }

  /**
   * There is a queue, though no more is sent than arrives: what made it is over, or somebody
   * else's.
   *
   * @param grows whether it becomes longer
   * @param arrivedBps what arrived lately, or unknown
   * @param leastBps below which the estimate does not fall for that
   * @return whether the estimate fell
   */
  boolean onQueue(
      boolean grows, long arrivedBps, long leastBps, long roundTripNanos, long nowNanos) {
    updatedNanos = nowNanos;
    begin();
    long intervalNanos =
        MILLISECONDS.toNanos(settings.decrease().intervalMillis()) + roundTripNanos;
    if (arrivedBps == UNKNOWN
        || nowNanos - loweredNanos < intervalNanos
        || (loweredForStanding && !grows)) {
      return false;
    }
    loweredForStanding |= !grows;
    if (arrivedBps >= NEARLY_FULL * bitrateBps) {
      capacity.onFull(arrivedBps);
    }
    double factor = settings.decrease().factor();
    double lessBps = factor * Math.max((double) arrivedBps, (double) bitrateBps);
    return lower(Math.max(lessBps, (double) leastBps), Reason.DELAY, nowNanos);
  }

  /**
   * There is a queue, because more is sent than the path carries: so much. However often that is
   * told, it leads to the same.
   *
   * @return whether the estimate fell
   */
  boolean onBusy(long carriedBps, long nowNanos) {
    updatedNanos = nowNanos;
    begin();
    capacity.onFull(carriedBps);
    leastCarriedBps = Math.min(leastCarriedBps, carriedBps);
    return lower(settings.decrease().factor() * carriedBps, Reason.DELAY, nowNanos);
  }

  private void begin() {
    if (!queueing) {
      queueing = true;
      loweredForStanding = false;
      bitrateBeforeQueueBps = bitrateBps;
      leastCarriedBps = Long.MAX_VALUE;
      othersQueue = false;
    }
  }

  /** The queue is somebody else's: what is given up for it comes back when it is gone. */
  void onOthersQueue() {
    begin();
    othersQueue = true;
  }

  boolean isOverloaded(long arrivedBps, long sentBps) {
    return arrivedBps != UNKNOWN
        && sentBps != UNKNOWN
        && arrivedBps < settings.decrease().overloadShare() * sentBps;
  }

  /** What seemed to be a queue was the path becoming longer. */
  void onLongerPath() {
    if (queueing && bitrateBps < bitrateBeforeQueueBps) {
      set(bitrateBeforeQueueBps, Reason.GROWTH);
      capacity.forget();
    }
    queueing = false;
  }

  /**
   * There is no queue, and nothing else against more.
   *
   * @param arrivedBps what arrived lately, or unknown: the path carries at least as much
   * @param recentBps the same of a shorter time, which is not of before the path became narrower
   */
  void onClear(long arrivedBps, long recentBps, long nowNanos) {
    if (queueing && othersQueue && leastCarriedBps != Long.MAX_VALUE) {
      long carriedShareBps = (long) (settings.decrease().factor() * leastCarriedBps);
      set(Math.max(bitrateBps, carriedShareBps), Reason.GROWTH);
    }
    queueing = false;
    double seconds = Math.min((nowNanos - updatedNanos) / NANOS_PER_SECOND, LONGEST_STEP_SECONDS);
    updatedNanos = nowNanos;
    EstimatorSettings.Growth growth = settings.growth();
    double most = growth.deliveredFactor() * arrivedBps + growth.deliveredExtraBps();
    if (arrivedBps == UNKNOWN || seconds <= 0 || bitrateBps >= most) {
      return;
    }
    capacity.onClear(arrivedBps);
    long carriedBps = (long) (CARRIED * Math.min(arrivedBps, recentBps));
    if (carriedBps > bitrateBps) {
      set(carriedBps, Reason.GROWTH);
    }
    double nearFullBps = NEAR_FULL * capacity.bps();
    if (!capacity.isKnown()) {
      grow(growth.sharePerSecond() * seconds, most);
    } else if (bitrateBps < nearFullBps) {
      grow(growth.returnSharePerSecond() * seconds, Math.min(most, nearFullBps));
    } else if (arrivedBps >= USED * bitrateBps) {
      grow(growth.cautiousSharePerSecond() * seconds, most);
    }
  }

  private void grow(double share, double mostBps) {
    set((long) Math.min(Math.ceil(bitrateBps * (1 + share)), mostBps), Reason.GROWTH);
  }

  /** It is neither time to go up nor to go down. */
  void onHold(long nowNanos) {
    updatedNanos = nowNanos;
  }

  /** There is a queue, so that what arrives is what the path carries at least. */
  void onWaiting(long arrivedBps) {
    capacity.onWaiting(arrivedBps);
  }

  /**
   * There is too much loss without a queue: down to what arrives, which is right when a limit on
   * the rate is what drops packets.
   *
   * @return whether the estimate fell
   */
  boolean onLoss(long arrivedBps, long sentBps, long nowNanos) {
    updatedNanos = nowNanos;
    if (arrivedBps == UNKNOWN || sentBps == UNKNOWN) {
      return false;
    }
    // Where little is sent, what is lost of it says nothing of the rest
    long usedBps = sentBps < LITTLE * bitrateBps ? bitrateBps : Math.min(bitrateBps, sentBps);
    double least = LEAST_LEFT_BY_LOSS * usedBps;
    return lower(Math.max((double) arrivedBps, least), Reason.LOSS, nowNanos);
  }

  /**
   * The path did not carry a probe: it filled the queue.
   *
   * @param arrivedBps what arrived meanwhile, or unknown: as long as nothing else is known of the
   *     path, that is what it carries
   */
  void onProbeQueue(long targetBps, long arrivedBps, long nowNanos) {
    boolean isBestKnown = reason == Reason.START && arrivedBps != UNKNOWN;
    long carriedBps = isBestKnown ? Math.min(targetBps, arrivedBps) : targetBps;
    lower((double) carriedBps, Reason.DELAY, nowNanos);
  }

  /** The path carried a probe. */
  void onProbe(long deliveredBps) {
    capacity.onProbe(deliveredBps);
    if (deliveredBps > bitrateBps) {
      set(deliveredBps, Reason.PROBE);
    }
  }

  void onReceiverEstimate(long receiverBps) {
    set(receiverBps, Reason.REMB);
  }

  /** Nothing is known of the path any more. */
  void onSilence() {
    set(Math.min(bitrateBps, settings.startBps()), Reason.SILENCE);
    capacity.forget();
    queueing = false;
  }

  private boolean lower(double targetBps, Reason why, long nowNanos) {
    if (targetBps >= bitrateBps) {
      return false;
    }
    set((long) targetBps, why);
    loweredNanos = nowNanos;
    return true;
  }

  private void set(long targetBps, Reason why) {
    long before = bitrateBps;
    bitrateBps = Math.clamp(targetBps, settings.minBps(), settings.maxBps());
    if (bitrateBps != before || why == Reason.SILENCE || why == Reason.REMB) {
      reason = why;
    }
  }
}

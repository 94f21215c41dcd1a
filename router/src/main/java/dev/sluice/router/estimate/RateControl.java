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
  private static final double PAST_FULL = 1.15;
  private static final double NEW_IN_FULL = 0.3;
  // All that is lost in a short outage says nothing of the rate
  private static final double LEAST_LEFT_BY_LOSS = 0.5;

  private final EstimatorSettings settings;
  private long bitrateBps;
  private Reason reason = Reason.START;
  // What the path carried when it was full last
  private long fullBps = UNKNOWN;
  private long updatedNanos;
  private long loweredNanos;
  // Since the queue is there
  private boolean queueing;
  private boolean loweredForStanding;
  private long bitrateBeforeQueueBps;

  RateControl(EstimatorSettings settings, long nowNanos) {
    this.settings = settings;
    bitrateBps = settings.startBps();
    updatedNanos = nowNanos;
    loweredNanos = nowNanos - MILLISECONDS.toNanos(settings.decrease().intervalMillis());
  }

  long bitrateBps() {
    return bitrateBps;
  }

  Reason reason() {
    return reason;
  }

  /**
   * There is a queue.
   *
   * @param grows whether it becomes longer
   * @param arrivedBps what arrived lately, or unknown
   * @param sentBps what was sent of which that is a part, or unknown
   * @return whether the estimate fell
   */
  boolean onQueue(
      boolean grows, long arrivedBps, long sentBps, long roundTripNanos, long nowNanos) {
    updatedNanos = nowNanos;
    if (!queueing) {
      queueing = true;
      loweredForStanding = false;
      bitrateBeforeQueueBps = bitrateBps;
    }
    if (arrivedBps == UNKNOWN) {
      return false;
    }
    double factor = settings.decrease().factor();
    if (isOverloaded(arrivedBps, sentBps)) {
      // What arrives is what the path can carry: however often, it leads to the same
      onFull(arrivedBps);
      return lower(factor * arrivedBps, Reason.DELAY, nowNanos);
    }
    long intervalNanos =
        MILLISECONDS.toNanos(settings.decrease().intervalMillis()) + roundTripNanos;
    if (nowNanos - loweredNanos < intervalNanos || (loweredForStanding && !grows)) {
      return false;
    }
    loweredForStanding |= !grows;
    if (arrivedBps >= NEARLY_FULL * bitrateBps) {
      onFull(arrivedBps);
    }
    return lower(factor * Math.max(arrivedBps, bitrateBps), Reason.DELAY, nowNanos);
  }

  boolean isOverloaded(long arrivedBps, long sentBps) {
    return arrivedBps != UNKNOWN
        && sentBps != UNKNOWN
        && arrivedBps < settings.decrease().overloadShare() * sentBps;
  }

  private void onFull(long arrivedBps) {
    boolean isOther = arrivedBps < NEARLY_FULL * fullBps || arrivedBps > PAST_FULL * fullBps;
    fullBps =
        fullBps == UNKNOWN || isOther
            ? arrivedBps
            : Math.round(fullBps + NEW_IN_FULL * (arrivedBps - fullBps));
  }

  /** What seemed to be a queue was the path becoming longer. */
  void onLongerPath() {
    if (queueing && bitrateBps < bitrateBeforeQueueBps) {
      set(bitrateBeforeQueueBps, Reason.GROWTH);
      fullBps = UNKNOWN;
    }
    queueing = false;
  }

  /** There is no queue, and nothing else against more. */
  void onClear(long arrivedBps, long nowNanos) {
    queueing = false;
    double seconds = Math.min((nowNanos - updatedNanos) / NANOS_PER_SECOND, LONGEST_STEP_SECONDS);
    updatedNanos = nowNanos;
    EstimatorSettings.Growth growth = settings.growth();
    double most = growth.deliveredFactor() * arrivedBps + growth.deliveredExtraBps();
    if (arrivedBps == UNKNOWN || seconds <= 0 || bitrateBps >= most) {
      return;
    }
    if (fullBps != UNKNOWN && bitrateBps > PAST_FULL * fullBps) {
      fullBps = UNKNOWN;
    }
    boolean isNearFull = fullBps != UNKNOWN && bitrateBps > NEARLY_FULL * fullBps;
    double share = isNearFull ? growth.cautiousSharePerSecond() : growth.sharePerSecond();
    set((long) Math.min(Math.ceil(bitrateBps * (1 + share * seconds)), most), Reason.GROWTH);
  }

  /** It is neither time to go up nor to go down. */
  void onHold(long nowNanos) {
    updatedNanos = nowNanos;
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
    double least = LEAST_LEFT_BY_LOSS * Math.min(bitrateBps, sentBps);
    return lower(Math.max((double) arrivedBps, least), Reason.LOSS, nowNanos);
  }

  /** The path did not carry a probe: it filled the queue. */
  void onProbeQueue(long targetBps, long nowNanos) {
    lower((double) targetBps, Reason.DELAY, nowNanos);
  }

  /** The path carried a probe. */
  void onProbe(long deliveredBps) {
    if (fullBps != UNKNOWN && deliveredBps > PAST_FULL * fullBps) {
      fullBps = UNKNOWN;
    }
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
    fullBps = UNKNOWN;
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

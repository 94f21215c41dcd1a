package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * What the delays of packets tell of the queue on the path: how long it is, whether it grows, and
 * what the bottleneck behind it lets through.
 */
final class PathQueue {
  // A trend that the quickest packets don't confirm is jitter
  private static final long LEAST_NANOS = 8_000_000;
  private static final long CLEAR_OF_JITTER_NANOS = 15_000_000;
  // Of what is sent arrives so little: no jitter looks like that
  private static final double COLLAPSED_SHARE = 0.5;
  private static final long COLLAPSED_NANOS = 40_000_000;
  // So many times what arrives is sent: that is too much, whoever else there is
  private static final double FAR_TOO_MUCH = 1.7;
  // So many times what we get is served: most of what the queue is made of is somebody else's
  private static final double MOSTLY_OTHERS = 5;
  // Of what is served, whoever else there is: far from a fair share, and enough for a small video
  private static final double OUR_SHARE = 0.15;
  // Of the bottleneck's rate, if we have it alone, the estimate is that share at least
  private static final double ALONE_SHARE = 0.5;
  // From one feedback to the next, without a queue
  private static final double PEAK_KEPT = 0.8;

  private final StandingQueue standing;
  private final SentPackets sent;
  private final BusyPeriod busy;
  private final Bottleneck bottleneck = new Bottleneck();
  private final DelayTrend trend = new DelayTrend();
  private final PathUsage usage;
  private final long clearNanos;
  private final long standingNanos;
  // Of the quickest packet of the feedback in hand
  private boolean hasLatest;
  private long latestDelayNanos;
  // As of the end of the last feedback
  private long carriedBps = BusyPeriod.UNKNOWN;
  private boolean collapsed;
  private boolean grows;
  // Of what arrived, since shortly before the queue is there
  private long peakBps;

  PathQueue(EstimatorSettings.Delay settings, SentPackets sent) {
    this.sent = sent;
    busy = new BusyPeriod(sent);
    standing = new StandingQueue(settings);
    usage = new PathUsage(settings);
    clearNanos = MILLISECONDS.toNanos(settings.clearQueueMillis());
    standingNanos = MILLISECONDS.toNanos(settings.standingQueueMillis());
  }

  /** A packet has arrived. */
  void add(long sequence, long arrivalNanos) {
    long sendNanos = sent.sendNanos(sequence);
    long delayNanos = arrivalNanos - sendNanos;
    latestDelayNanos = hasLatest ? Math.min(latestDelayNanos, delayNanos) : delayNanos;
    hasLatest = true;
    standing.add(sendNanos, delayNanos);
    long queueNanos = standing.excessNanos(delayNanos);
    busy.add(sequence, arrivalNanos, queueNanos);
    bottleneck.add(sent.wireBytes(sequence), arrivalNanos, queueNanos);
    trend.add(sendNanos, arrivalNanos);
  }

  /**
   * The packets of one feedback have been added.
   *
   * @param arrivedBps what arrived lately, or unknown
   * @param sentBps what was sent in the last fifth of a second, or unknown
   */
  void onFeedbackEnd(long arrivedBps, long sentBps, long nowNanos) {
    hasLatest = false;
    peakBps = Math.max(arrivedBps, isThere() ? peakBps : (long) (PEAK_KEPT * peakBps));
    bottleneck.onFeedbackEnd();
    carriedBps =
        bottleneck.latestAloneBps() == Bottleneck.UNKNOWN
            ? busy.bps()
            : bottleneck.latestAloneBps();
    // Of what is sent hardly anything gets through any more: no time to wait for a trend
    collapsed =
        carriedBps != BusyPeriod.UNKNOWN
            && carriedBps < COLLAPSED_SHARE * sentBps
            && standing.excessNanos(latestDelayNanos) >= COLLAPSED_NANOS;
    grows = collapsed || (isThere() && trend.isOverusing());
    usage.update(isThere() && trend.isRising(), grows, nanos(), nowNanos);
  }

  /** How long it is, in nanoseconds. */
  long nanos() {
    return standing.nanos();
  }

  /** The delay of the quickest of the latest packets, or {@link SlidingMinimum#NONE}. */
  long latestDelayNanos() {
    return standing.latestDelayNanos();
  }

  /** Whether there is one, jitter aside. */
  boolean isThere() {
    return nanos() >= LEAST_NANOS;
  }

  /** Whether it is so short that more may be sent. */
  boolean isShort() {
    return nanos() < clearNanos;
  }

  /** Whether it becomes longer, or has been long for a while: less is to be sent. */
  boolean isTooLong() {
    return grows || nanos() >= standingNanos;
  }

  /** Whether it becomes longer. */
  boolean grows() {
    return grows;
  }

  Estimate.Usage usage() {
    return usage.usage();
  }

  /** What the bottleneck lets through while there is a queue, or {@link BusyPeriod#UNKNOWN}. */
  long carriedBps() {
    return carriedBps;
  }

  /**
   * Whether what we send makes it, as long as {@link #carriedBps} is known: far more than arrives,
   * or as much as ever since it came. Who sends less by now and still waits, waits behind somebody
   * else, and so does who gets little of what is served: what arrives tells nothing of what the
   * path carries then.
   *
   * @param losesMuch whether so much is lost that we send too much, whoever else there is
   */
  boolean isOurs(boolean losesMuch) {
    if (carriedBps != BusyPeriod.UNKNOWN && servedBps(losesMuch) > MOSTLY_OTHERS * carriedBps) {
      return false;
    }
    long offeredBps = busy.offeredBps();
    return offeredBps == BusyPeriod.UNKNOWN
        || offeredBps >= FAR_TOO_MUCH * carriedBps
        || offeredBps >= peakBps;
  }

  /** What the bottleneck serves; who loses much can't say that it is for others. */
  private long servedBps(boolean losesMuch) {
    return losesMuch ? 0 : bottleneck.servedBps();
  }

  /**
   * What we are entitled to of what is served, in bit/s; 0 where that is not known.
   *
   * @param losesMuch as of {@link #isOurs}
   */
  long entitledBps(boolean losesMuch) {
    return (long) (OUR_SHARE * servedBps(losesMuch));
  }

  /**
   * Who shares the bottleneck with us, as far as packets that waited before it have told.
   *
   * @param losesMuch as of {@link #isOurs}
   */
  Estimate.Sharing sharing(long estimateBps, boolean losesMuch) {
    long aloneBps = bottleneck.aloneBps();
    if (aloneBps != Bottleneck.UNKNOWN && estimateBps >= ALONE_SHARE * aloneBps) {
      return Estimate.Sharing.ALONE;
    }
    return servedBps(losesMuch) > MOSTLY_OTHERS * estimateBps
        ? Estimate.Sharing.SHARED
        : Estimate.Sharing.UNKNOWN;
  }

  /** Whether packets come as through a bottleneck, and not at once after they were held up. */
  boolean comesOneByOne() {
    return busy.comesOneByOne();
  }

  /** Whether packets have waited ever longer, which those don't whose path has become longer. */
  boolean hasGrown() {
    return busy.grows() && (nanos() >= CLEAR_OF_JITTER_NANOS || collapsed);
  }

  /** Whether what seems to be one is a path that has become longer. */
  boolean isLongerPath() {
    return nanos() > clearNanos && standing.isSteady();
  }

  /** Takes the delay as it is now for that of the empty path. */
  void acceptAsEmpty() {
    standing.acceptAsBase();
    busy.reset();
    bottleneck.reset();
    trend.reset();
    usage.reset();
  }

  /** Forgets all delays. */
  void reset() {
    standing.reset();
    busy.reset();
    bottleneck.reset();
    trend.reset();
    usage.reset();
  }
}

package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.router.estimate.Estimate.Usage;

/** Tells how full the path is from how long its queue has been growing. */
final class PathUsage {
  private static final long NEVER = Long.MIN_VALUE;
  // The trend falls below its threshold now and then while a queue grows
  private static final long PATIENCE_NANOS = 150_000_000;

  private final long fillingNanos;
  private final long congestedNanos;
  private final long standingNanos;
  private long risingSinceNanos = NEVER;
  private long risingLastNanos;
  private long overusingSinceNanos = NEVER;
  private long overusingLastNanos;
  private Usage usage = Usage.CLEAR;

  PathUsage(EstimatorSettings.Delay settings) {
    fillingNanos = MILLISECONDS.toNanos(settings.fillingAfterMillis());
    congestedNanos = MILLISECONDS.toNanos(settings.congestedAfterMillis());
    standingNanos = MILLISECONDS.toNanos(settings.standingQueueMillis());
  }

  /** Asked once per feedback. */
  void update(boolean rising, boolean overusing, long queueNanos, long nowNanos) {
    if (rising) {
      risingSinceNanos = risingSinceNanos == NEVER ? nowNanos : risingSinceNanos;
      risingLastNanos = nowNanos;
    } else if (nowNanos - risingLastNanos > PATIENCE_NANOS) {
      risingSinceNanos = NEVER;
    }
    if (overusing) {
      overusingSinceNanos = overusingSinceNanos == NEVER ? nowNanos : overusingSinceNanos;
      overusingLastNanos = nowNanos;
    } else if (nowNanos - overusingLastNanos > PATIENCE_NANOS) {
      overusingSinceNanos = NEVER;
    }
    if (queueNanos >= standingNanos || lasts(overusingSinceNanos, congestedNanos, nowNanos)) {
      usage = Usage.CONGESTED;
    } else if (lasts(risingSinceNanos, fillingNanos, nowNanos)) {
      usage = Usage.FILLING;
    } else {
      usage = Usage.CLEAR;
    }
  }

  private static boolean lasts(long sinceNanos, long leastNanos, long nowNanos) {
    return sinceNanos != NEVER && nowNanos - sinceNanos >= leastNanos;
  }

  Usage usage() {
    return usage;
  }

  void reset() {
    risingSinceNanos = NEVER;
    overusingSinceNanos = NEVER;
    usage = Usage.CLEAR;
  }
}

package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * The queue of the path: how much longer the quickest of the latest packets took than the quickest
 * of some seconds. The quickest, because a burst waits for itself and jitter comes on top.
 */
final class StandingQueue {
  private static final long RECENT_NANOS = MILLISECONDS.toNanos(200);
  private static final int RECENT_BUCKETS = 4;
  private static final long BASE_BUCKET_MILLIS = 500;

  private final SlidingMinimum base;
  private final SlidingMinimum recent = new SlidingMinimum(RECENT_NANOS, RECENT_BUCKETS);
  private final int steadyBuckets;
  private final long steadySpreadNanos;
  private long newestSendNanos;

  StandingQueue(EstimatorSettings.Delay settings) {
    int buckets = (int) Math.ceilDiv(settings.baseWindowMillis(), BASE_BUCKET_MILLIS);
    base = new SlidingMinimum(MILLISECONDS.toNanos(buckets * BASE_BUCKET_MILLIS), buckets);
    steadyBuckets = (int) Math.ceilDiv(settings.steadyMillis(), BASE_BUCKET_MILLIS);
    steadySpreadNanos = MILLISECONDS.toNanos(settings.steadySpreadMillis());
  }

  /**
   * A packet has arrived.
   *
   * @param delayNanos from the sending to the arrival, on clocks of which only the difference
   *     counts
   */
  void add(long sendNanos, long delayNanos) {
    newestSendNanos = sendNanos;
    base.add(sendNanos, delayNanos);
    // By arrival: what a growing queue lets through was sent ever longer ago
    recent.add(sendNanos + delayNanos, delayNanos);
  }

  /** The delay of the quickest of the latest packets, or {@link SlidingMinimum#NONE}. */
  long latestDelayNanos() {
    return recent.value();
  }

  /** How long the queue is, in nanoseconds. */
  long nanos() {
    long latest = recent.value();
    return latest == SlidingMinimum.NONE ? 0 : Math.max(0, latest - base.value());
  }

  /** How much longer a delay is than that of the empty path, in nanoseconds. */
  long excessNanos(long delayNanos) {
    return delayNanos - base.value();
  }

  /** Whether the delay has been the same for a while, which that of a queue hardly ever is. */
  boolean isSteady() {
    long least = SlidingMinimum.NONE;
    long most = Long.MIN_VALUE;
    for (int age = 1; age <= steadyBuckets; age++) {
      long delay = base.ofBucket(age);
      if (delay == SlidingMinimum.NONE) {
        return false;
      }
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    return most - least <= steadySpreadNanos
        && Math.abs(recent.value() - least) <= steadySpreadNanos;
  }

  /** Takes the delay as it is now for that of the empty path. */
  void acceptAsBase() {
    long latest = recent.value();
    base.reset();
    base.add(newestSendNanos, latest);
  }

  void reset() {
    base.reset();
    recent.reset();
  }
}

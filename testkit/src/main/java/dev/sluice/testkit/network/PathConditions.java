package dev.sluice.testkit.network;

import java.util.concurrent.TimeUnit;

/**
 * What a one-way path is like.
 *
 * @param capacityBps of the bottleneck in bit/s; 0 while nothing gets through
 * @param burstBytes what a limiter lets through at once when little was sent before, as a token
 *     bucket filter does; 0 for a plain link
 * @param queue how much waits before the bottleneck
 * @param delayNanos of an empty path
 * @param jitterNanos by which the delay varies, evenly, to either side; packets stay in order
 * @param loss behind the bottleneck
 * @param reordered the share of packets that take {@code reorderNanos} longer and may be overtaken
 * @param reorderNanos how much longer these take
 * @param duplicated the share of packets that arrive twice
 */
public record PathConditions(
    long capacityBps,
    long burstBytes,
    QueueLimit queue,
    long delayNanos,
    long jitterNanos,
    LossModel loss,
    double reordered,
    long reorderNanos,
    double duplicated) {
  /** A capacity that no traffic comes near. */
  public static final long UNLIMITED_BPS = 1_000_000_000_000L;

  /** No limit, no delay, no loss, and 300 ms of queue once there is a limit. */
  public static final PathConditions PERFECT =
      new PathConditions(
          UNLIMITED_BPS,
          0,
          new QueueLimit.Time(TimeUnit.MILLISECONDS.toNanos(300)),
          0,
          0,
          LossModel.NONE,
          0,
          0,
          0);

  public PathConditions {
    if (capacityBps < 0
        || burstBytes < 0
        || delayNanos < 0
        || jitterNanos < 0
        || reorderNanos < 0) {
      throw new IllegalArgumentException(
          "%d bit/s, bursts of %d bytes, %d ± %d ns, reordered by %d ns"
              .formatted(capacityBps, burstBytes, delayNanos, jitterNanos, reorderNanos));
    }
    if (!(reordered >= 0 && reordered <= 1 && duplicated >= 0 && duplicated <= 1)) {
      throw new IllegalArgumentException(
          "shares: %f reordered, %f duplicated".formatted(reordered, duplicated));
    }
  }

  public PathConditions withCapacity(long bps) {
    return new PathConditions(
        bps, burstBytes, queue, delayNanos, jitterNanos, loss, reordered, reorderNanos, duplicated);
  }

  public PathConditions withBursts(long bytes) {
    return new PathConditions(
        capacityBps,
        bytes,
        queue,
        delayNanos,
        jitterNanos,
        loss,
        reordered,
        reorderNanos,
        duplicated);
  }

  public PathConditions withQueue(QueueLimit limit) {
    return new PathConditions(
        capacityBps,
        burstBytes,
        limit,
        delayNanos,
        jitterNanos,
        loss,
        reordered,
        reorderNanos,
        duplicated);
  }

  public PathConditions withDelay(long nanos, long jitter) {
    return new PathConditions(
        capacityBps, burstBytes, queue, nanos, jitter, loss, reordered, reorderNanos, duplicated);
  }

  public PathConditions withLoss(LossModel model) {
    return new PathConditions(
        capacityBps,
        burstBytes,
        queue,
        delayNanos,
        jitterNanos,
        model,
        reordered,
        reorderNanos,
        duplicated);
  }

  public PathConditions withReordering(double share, long nanos) {
    return new PathConditions(
        capacityBps, burstBytes, queue, delayNanos, jitterNanos, loss, share, nanos, duplicated);
  }

  public PathConditions withDuplicates(double share) {
    return new PathConditions(
        capacityBps,
        burstBytes,
        queue,
        delayNanos,
        jitterNanos,
        loss,
        reordered,
        reorderNanos,
        share);
  }
}

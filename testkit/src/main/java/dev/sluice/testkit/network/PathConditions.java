package dev.sluice.testkit.network;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
    return with(parts -> parts.capacityBps = bps);
  }

  public PathConditions withBursts(long bytes) {
    return with(parts -> parts.burstBytes = bytes);
  }

  public PathConditions withQueue(QueueLimit limit) {
    return with(parts -> parts.queue = limit);
  }

  public PathConditions withDelay(long nanos, long jitter) {
    return with(
        parts -> {
          parts.delayNanos = nanos;
          parts.jitterNanos = jitter;
        });
  }

  public PathConditions withLoss(LossModel model) {
    return with(parts -> parts.loss = model);
  }

  public PathConditions withReordering(double share, long nanos) {
    return with(
        parts -> {
          parts.reordered = share;
          parts.reorderNanos = nanos;
        });
  }

  public PathConditions withDuplicates(double share) {
    return with(parts -> parts.duplicated = share);
  }

  private PathConditions with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.together();
  }

  /** The components, some of which are about to become others. */
  private static final class Parts {
    private long capacityBps;
    private long burstBytes;
    private QueueLimit queue;
    private long delayNanos;
    private long jitterNanos;
    private LossModel loss;
    private double reordered;
    private long reorderNanos;
    private double duplicated;

    Parts(PathConditions from) {
      capacityBps = from.capacityBps;
      burstBytes = from.burstBytes;
      queue = from.queue;
      delayNanos = from.delayNanos;
      jitterNanos = from.jitterNanos;
      loss = from.loss;
      reordered = from.reordered;
      reorderNanos = from.reorderNanos;
      duplicated = from.duplicated;
    }

    PathConditions together() {
      return new PathConditions(
          capacityBps,
          burstBytes,
          queue,
          delayNanos,
          jitterNanos,
          loss,
          reordered,
          reorderNanos,
          duplicated);
    }
  }
}

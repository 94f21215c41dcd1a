package dev.sluice.simulation.publisher;

import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.QueueLimit;
import java.util.concurrent.TimeUnit;

/**
 * Who publishes what, over which path.
 *
 * @param id of the peer and of its stream
 * @param uplink to the router; its capacity is what the publisher's pacer lets out
 */
public record PublisherPlan(String id, VideoPlan video, AudioPlan audio, PathTrace uplink) {
  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PACED_BPS = 5_000_000;

  /** A camera with plain sound on a good uplink. */
  public static PublisherPlan camera(String id) {
    return of(id, VideoPlan.CAMERA);
  }

  /** A video with plain sound on a good uplink. */
  public static PublisherPlan of(String id, VideoPlan video) {
    return new PublisherPlan(id, video, AudioPlan.OPUS, PathTrace.constant(goodUplink()));
  }

  /** 10 ms, and a second of queue behind the pacer. */
  public static PathConditions goodUplink() {
    return PathConditions.PERFECT
        .withCapacity(PACED_BPS)
        .withDelay(DELAY_NANOS, 0)
        .withQueue(new QueueLimit.Time(TimeUnit.SECONDS.toNanos(1)));
  }

  public PublisherPlan withUplink(PathConditions conditions) {
    return new PublisherPlan(id, video, audio, PathTrace.constant(conditions));
  }

  public PublisherPlan withAudio(AudioPlan plan) {
    return new PublisherPlan(id, video, plan, uplink);
  }
}

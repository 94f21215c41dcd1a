package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.downlink;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.publisher.AudioPlan;
import dev.sluice.simulation.publisher.EncodingPlan;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.publisher.VideoPlan;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.testkit.network.LossModel;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Hours of networks that do anything: no state may be one that is never left. */
final class EnduranceScenarios {
  private static final int HOUR_SECONDS = 3600;
  // Larger and fewer packets, and slower timers: a day of it takes seconds.
  private static final AudioPlan COARSE_SOUND = new AudioPlan(400, millis(100), false);
  private static final VideoPlan COARSE_VIDEO =
      new VideoPlan(List.of(new EncodingPlan("q", 240, 134, 80_000)), 5, 3, 0.25, Optional.empty());
  private static final long COARSE_TICK_NANOS = millis(50);

  private EnduranceScenarios() {}

  static List<Scenario> all() {
    return List.of(
        new Scenario(
            "random-hour",
            "an hour of random networks; 24 seeds are a day",
            HOUR_SECONDS,
            COARSE_TICK_NANOS,
            (world, seed) ->
                Study.of(
                    pair(
                        world,
                        PublisherPlan.of("camera", COARSE_VIDEO).withAudio(COARSE_SOUND),
                        SubscriberPlan.person("viewer", randomly(seed)))),
            List.of(
                Gate.atMost(Metric.FROZEN, 2),
                Gate.atMost(Metric.STUCK, 75),
                Gate.atMost(Metric.FAULTS, 0))));
  }

  /** Something else every 2 to 60 s: good as often as bad, and nothing at all now and then. */
  private static PathTrace randomly(long seed) {
    RandomGenerator random = Seeds.random(seed, "random networks");
    PathTrace trace = PathTrace.constant(downlink(2_000_000));
    for (double at = 10; at < HOUR_SECONDS; at += random.nextDouble(2, 60)) {
      trace = trace.then(seconds(at), randomConditions(random));
    }
    return trace;
  }

  private static PathConditions randomConditions(RandomGenerator random) {
    if (random.nextInt(12) == 0) {
      return downlink(0);
    }
    long capacityBps = (long) (40_000 * Math.exp(random.nextDouble() * Math.log(100)));
    PathConditions conditions =
        downlink(capacityBps)
            .withDelay(random.nextLong(millis(5), millis(200)), random.nextLong(millis(10)));
    // Loss beyond a few percent is a reason of its own not to send video.
    return capacityBps < Rooms.GOOD_BPS || random.nextInt(3) > 0
        ? conditions
        : conditions.withLoss(new LossModel.Independent(random.nextDouble(0.03)));
  }
}

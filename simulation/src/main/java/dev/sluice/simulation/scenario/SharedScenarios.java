package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.besideDownloads;
import static dev.sluice.simulation.scenario.Rooms.bottleneck;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.neverOff;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.path.TcpFlow;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.simulation.world.World;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.LossModel;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bottlenecks that are shared in other ways than those of RFC 8867: by viewers of one camera, for
 * whom a key frame that one of them asks for comes to all, and with larger downloads. They may
 * stand still for longer; the gates keep that from getting worse.
 */
final class SharedScenarios {
  private SharedScenarios() {}

  static List<Scenario> all() {
    return List.of(
        twoViewers(), threeViewers(), differentRoundTrips(), lateFeedback(), downloads());
  }

  private static Scenario twoViewers() {
    return Scenario.of(
        "shared-2",
        "two viewers of one camera: 2, 1, 1.75, 0.5, 1 Mbit/s",
        125,
        (world, _) -> {
          PathTrace trace =
              PathTrace.constant(bottleneck(2))
                  .then(seconds(25), bottleneck(1))
                  .then(seconds(50), bottleneck(1.75))
                  .then(seconds(75), bottleneck(0.5))
                  .then(seconds(100), bottleneck(1));
          return viewers(world, trace, new long[] {50, 50}, new double[] {0, 0})
              .steadyIn(seconds(100), seconds(125));
        },
        looser(neverOff(), 4, 5));
  }

  private static Scenario threeViewers() {
    return Scenario.of(
        "shared-3",
        "three viewers of one camera share 3.5 Mbit/s, begun 20 s apart",
        120,
        (world, _) ->
            viewers(
                    world,
                    PathTrace.constant(bottleneck(3.5)),
                    new long[] {50, 50, 50},
                    new double[] {0, 20, 40})
                .steadyIn(seconds(90), seconds(120)),
        looser(neverOff(), 3, 3));
  }

  private static Scenario differentRoundTrips() {
    return Scenario.of(
        "shared-rtt",
        "three viewers of one camera share 2 Mbit/s, their feedback taking 10, 50 and 150 ms",
        90,
        (world, _) ->
            viewers(
                    world,
                    PathTrace.constant(bottleneck(2)),
                    new long[] {10, 50, 150},
                    new double[] {0, 0, 0})
                .steadyIn(seconds(60), seconds(90)),
        looser(neverOff(), 4, 3));
  }

  /** Feedback waits behind the viewer's own upload, and some of it gets lost. */
  private static Scenario lateFeedback() {
    return Scenario.of(
        "late-feedback",
        "feedback that takes 150 ± 100 ms and 10 % loss on the way up, 2 Mbit/s down",
        80,
        (world, _) -> {
          PathConditions good = PathConditions.PERFECT.withDelay(millis(50), 0);
          PathTrace up =
              PathTrace.constant(good)
                  .then(
                      seconds(20),
                      good.withDelay(millis(150), millis(100))
                          .withLoss(new LossModel.Independent(0.10)))
                  .then(seconds(60), good);
          return Study.of(
              pair(
                  world,
                  PublisherPlan.camera("camera"),
                  SubscriberPlan.person("viewer", PathTrace.constant(bottleneck(2)))
                      .withUplink(up)));
        },
        neverOff());
  }

  private static Scenario downloads() {
    return Scenario.of(
        "downloads",
        "downloads of 100 to 500 kB come and go on 2 Mbit/s",
        90,
        (world, seed) -> {
          EmulatedPath<Transit> path = world.path("shared", PathTrace.constant(bottleneck(2)));
          RandomGenerator random = Seeds.random(seed, "short downloads");
          for (double at = 15; at < 70; at += random.nextDouble(5, 12)) {
            TcpFlow flow = world.download(path);
            long bytes = random.nextLong(100_000, 500_000);
            world.loop().at(seconds(at), _ -> flow.download(bytes));
          }
          return Study.of(pair(world, path)).congestedIn(seconds(15), seconds(80));
        },
        looser(besideDownloads(), 6, 3));
  }

  /** The usual gates, but for how long a picture stands still and how much sound 5 s may lose. */
  private static List<Gate> looser(List<Gate> usual, double frozen, double audioWorst) {
    List<Gate> gates = new ArrayList<>(usual);
    gates.removeIf(gate -> gate.metric() == Metric.FROZEN || gate.metric() == Metric.AUDIO_WORST);
    gates.add(Gate.atMost(Metric.FROZEN, frozen));
    gates.add(Gate.atMost(Metric.AUDIO_WORST, audioWorst));
    return gates;
  }

  /** All watch the same camera. */
  private static Study viewers(
      World world, PathTrace trace, long[] backMillis, double[] joinSeconds) {
    PublisherPlan camera = world.publish(PublisherPlan.camera("camera"));
    return Rooms.sharing(world, world.path("shared", trace), backMillis, joinSeconds, _ -> camera);
  }
}

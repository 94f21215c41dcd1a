package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.calm;
import static dev.sluice.simulation.scenario.Rooms.downlink;
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
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
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
 * The test cases of RFC 8867 §5, as they are to a media router: its subscribers' downlinks are the
 * bottleneck, 50 ms one way with 300 ms of queue.
 */
final class Rfc8867Scenarios {
  private static final long REFERENCE_BPS = 1_000_000;

  private Rfc8867Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        variableCapacity(),
        variableCapacityOfMany(),
        congestedFeedback(),
        competing(),
        roundTripFairness(),
        longDownload(),
        shortDownloads(),
        pause());
  }

  private static PathConditions bottleneck(double factor) {
    return downlink((long) (REFERENCE_BPS * factor)).withDelay(millis(50), 0);
  }

  private static PathTrace phases(double[] factors, int[] seconds) {
    PathTrace trace = PathTrace.constant(bottleneck(factors[0]));
    int at = 0;
    for (int i = 1; i < factors.length; i++) {
      at += seconds[i - 1];
      trace = trace.then(seconds(at), bottleneck(factors[i]));
    }
    return trace;
  }

  /** §5.1, with the phases that RFC 8867 gives. */
  private static Scenario variableCapacity() {
    return Scenario.of(
        "RFC8867-5.1",
        "variable capacity, one flow: 1, 2.5, 0.6, 1 Mbit/s",
        100,
        (world, _) -> {
          PathTrace trace = phases(new double[] {1, 2.5, 0.6, 1}, new int[] {40, 20, 20, 20});
          return Study.of(pair(world, trace));
        },
        neverOff());
  }

  /** §5.2. */
  private static Scenario variableCapacityOfMany() {
    return Scenario.of(
        "RFC8867-5.2",
        "variable capacity, two flows: 2, 1, 1.75, 0.5, 1 Mbit/s",
        125,
        (world, _) ->
            sharing(
                world,
                phases(new double[] {2, 1, 1.75, 0.5, 1}, new int[] {25, 25, 25, 25, 25}),
                new long[] {50, 50},
                new double[] {0, 0},
                100,
                125),
        neverOff());
  }

  /** §5.3: feedback waits behind the viewer's own upload, and some of it gets lost. */
  private static Scenario congestedFeedback() {
    return Scenario.of(
        "RFC8867-5.3",
        "congested feedback: 150 ± 100 ms and 10 % loss on the way up, 2 Mbit/s down",
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

  /** §5.4. */
  private static Scenario competing() {
    return Scenario.of(
        "RFC8867-5.4",
        "three flows share 3.5 Mbit/s, begun 20 s apart",
        120,
        (world, _) ->
            sharing(
                world,
                phases(new double[] {3.5}, new int[] {}),
                new long[] {50, 50, 50},
                new double[] {0, 20, 40},
                90,
                120),
        neverOff());
  }

  /** §5.5. */
  private static Scenario roundTripFairness() {
    return Scenario.of(
        "RFC8867-5.5",
        "three flows share 2 Mbit/s, their feedback taking 10, 50 and 150 ms",
        90,
        (world, _) ->
            sharing(
                world,
                phases(new double[] {2}, new int[] {}),
                new long[] {10, 50, 150},
                new double[] {0, 0, 0},
                60,
                90),
        neverOff());
  }

  /** §5.6. */
  private static Scenario longDownload() {
    return Scenario.of(
        "RFC8867-5.6",
        "a download shares 2 Mbit/s to the end",
        90,
        (world, _) -> {
          PathTrace trace = PathTrace.constant(bottleneck(2));
          EmulatedPath<Transit> path = world.path("shared", trace);
          TcpFlow flow = world.download(path);
          world.loop().at(seconds(20), _ -> flow.download(Long.MAX_VALUE));
          return Study.of(watch(world, path, trace)).congestedIn(seconds(20), seconds(90));
        },
        List.of(
            Gate.atMost(Metric.FALLBACKS, 0),
            Gate.atMost(Metric.AUDIO_LOSS, 1),
            Gate.atMost(Metric.AUDIO_WORST, 3),
            Gate.atMost(Metric.FROZEN, 6),
            Gate.atMost(Metric.FAULTS, 0)));
  }

  /** §5.7. */
  private static Scenario shortDownloads() {
    return Scenario.of(
        "RFC8867-5.7",
        "downloads of 100 to 500 kB come and go on 2 Mbit/s",
        90,
        (world, seed) -> {
          PathTrace trace = PathTrace.constant(bottleneck(2));
          EmulatedPath<Transit> path = world.path("shared", trace);
          RandomGenerator random = Seeds.random(seed, "short downloads");
          for (double at = 15; at < 70; at += random.nextDouble(5, 12)) {
            TcpFlow flow = world.download(path);
            long bytes = random.nextLong(100_000, 500_000);
            world.loop().at(seconds(at), _ -> flow.download(bytes));
          }
          return Study.of(watch(world, path, trace)).congestedIn(seconds(15), seconds(80));
        },
        List.of(
            Gate.atMost(Metric.FALLBACKS, 0),
            Gate.atMost(Metric.AUDIO_LOSS, 1),
            Gate.atMost(Metric.AUDIO_WORST, 3),
            Gate.atMost(Metric.FROZEN, 6),
            Gate.atMost(Metric.FAULTS, 0)));
  }

  /** §5.8. */
  private static Scenario pause() {
    return Scenario.of(
        "RFC8867-5.8",
        "the viewer hides the video for 20 s, 1.6 Mbit/s",
        80,
        (world, _) -> {
          SimulatedSubscriber viewer = pair(world, PathTrace.constant(bottleneck(1.6)));
          world.loop().at(seconds(25), _ -> viewer.watch("camera", false));
          world.loop().at(seconds(45), _ -> viewer.watch("camera", true));
          return Study.of(viewer).steadyIn(seconds(65), seconds(80));
        },
        calm(
            Gate.atMost(Metric.FALLBACKS, 0), Gate.atLeast(Metric.USED, Rooms.BEST_LAYER_PERCENT)));
  }

  private static SimulatedSubscriber watch(
      World world, EmulatedPath<Transit> path, PathTrace trace) {
    return world.subscribe(
        SubscriberPlan.person("viewer", trace),
        path,
        List.of(world.publish(PublisherPlan.camera("camera"))));
  }

  /** Several viewers of one camera behind one bottleneck. */
  private static Study sharing(
      World world,
      PathTrace trace,
      long[] feedbackMillis,
      double[] joinSeconds,
      int steadyFrom,
      int steadyTo) {
    EmulatedPath<Transit> path = world.path("shared", trace);
    PublisherPlan camera = world.publish(PublisherPlan.camera("camera"));
    List<SimulatedSubscriber> viewers = new ArrayList<>();
    for (int i = 0; i < feedbackMillis.length; i++) {
      PathTrace up =
          PathTrace.constant(PathConditions.PERFECT.withDelay(millis(feedbackMillis[i]), 0));
      SubscriberPlan plan = SubscriberPlan.person("viewer" + i, trace).withUplink(up);
      SimulatedSubscriber viewer = world.subscribe(plan, path, List.of());
      world.loop().at(seconds(joinSeconds[i]), _ -> viewer.subscribe(camera));
      viewers.add(viewer);
    }
    return Study.of(viewers.getFirst())
        .among(viewers.subList(1, viewers.size()))
        .steadyIn(seconds(steadyFrom), seconds(steadyTo));
  }
}

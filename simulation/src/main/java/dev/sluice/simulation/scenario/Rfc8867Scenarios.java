package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.back;
import static dev.sluice.simulation.scenario.Rooms.besideDownloads;
import static dev.sluice.simulation.scenario.Rooms.bottleneck;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.neverOff;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.path.TcpFlow;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.simulation.world.World;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The test cases of RFC 8867 §5, as they are to a media router: its subscribers' downlinks are the
 * bottleneck, with 300 ms of queue. Times, capacities and delays are those of the RFC.
 */
final class Rfc8867Scenarios {
  // All share the way down, so what is longer for one of them is its way back
  private static final long[] DELAYS_MILLIS = {10, 25, 50, 100, 150};
  private static final long NEAREST_MILLIS = 10;

  private static final long OWN_CAMERA_BPS = 700_000;

  private static final int SHORT_DOWNLOADS = 10;
  private static final int BEGIN_AT_ONCE = 2;
  private static final double MEAN_IDLE_SECONDS = 10;
  private static final long LEAST_FILE_BYTES = 30_000;
  private static final long MOST_FILE_BYTES = 50_000;

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

  private static PathTrace phases(double[] mbits, int[] seconds) {
    PathTrace trace = PathTrace.constant(bottleneck(mbits[0]));
    for (int i = 1; i < mbits.length; i++) {
      trace = trace.then(seconds(seconds[i]), bottleneck(mbits[i]));
    }
    return trace;
  }

  /** §5.1. */
  private static Scenario variableCapacity() {
    return Scenario.of(
        "RFC8867-5.1",
        "variable capacity, one flow: 1, 2.5, 0.6, 1 Mbit/s",
        100,
        (world, _) -> {
          PathTrace trace = phases(new double[] {1, 2.5, 0.6, 1}, new int[] {0, 40, 60, 80});
          return Study.of(
              pair(
                  world,
                  PublisherPlan.camera("camera"),
                  SubscriberPlan.person("viewer", trace).withUplink(back(50))));
        },
        neverOff());
  }

  /** §5.2. */
  private static Scenario variableCapacityOfMany() {
    return Scenario.of(
        "RFC8867-5.2",
        "variable capacity, two flows: 4, 2, 3.5, 1, 2 Mbit/s",
        125,
        (world, _) -> {
          PathTrace trace = phases(new double[] {4, 2, 3.5, 1, 2}, new int[] {0, 25, 50, 75, 100});
          return sharing(
              world, world.path("shared", trace), new long[] {50, 50}, new double[] {0, 0});
        },
        neverOff());
  }

  /** §5.3; what goes the other way is a camera of 700 kbit/s, in place of one that adapts. */
  private static Scenario congestedFeedback() {
    return Scenario.of(
        "RFC8867-5.3",
        "2, 1, 0.5, 2 Mbit/s down; feedback beside a camera on 2, 0.8, 2 Mbit/s up",
        100,
        (world, _) -> {
          PathTrace down = phases(new double[] {2, 1, 0.5, 2}, new int[] {0, 20, 40, 60});
          PathTrace up = phases(new double[] {2, 0.8, 2}, new int[] {0, 35, 70});
          EmulatedPath<Transit> uplink = world.path("up", up);
          world.addCamera(uplink, OWN_CAMERA_BPS);
          return Study.of(
              world.subscribe(
                  SubscriberPlan.person("viewer", down).withUplink(up),
                  world.path("down", down),
                  uplink,
                  List.of(world.publish(PublisherPlan.camera("camera")))));
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
                    world.path("shared", PathTrace.constant(bottleneck(3.5))),
                    new long[] {50, 50, 50},
                    new double[] {0, 20, 40})
                .steadyIn(seconds(90), seconds(120)),
        neverOff());
  }

  /** §5.5. */
  private static Scenario roundTripFairness() {
    return Scenario.of(
        "RFC8867-5.5",
        "five flows share 4 Mbit/s, begun 10 s apart, with round trips of 20 to 300 ms",
        300,
        (world, _) -> {
          PathConditions near = bottleneck(4).withDelay(millis(NEAREST_MILLIS), 0);
          long[] back =
              Arrays.stream(DELAYS_MILLIS).map(each -> 2 * each - NEAREST_MILLIS).toArray();
          return sharing(
                  world,
                  world.path("shared", PathTrace.constant(near)),
                  back,
                  new double[] {0, 10, 20, 30, 40})
              .steadyIn(seconds(200), seconds(300));
        },
        neverOff());
  }

  /** §5.6: the video comes to where the download is. */
  private static Scenario longDownload() {
    return Scenario.of(
        "RFC8867-5.6",
        "a download has 2 Mbit/s when the flow begins",
        120,
        (world, _) -> {
          EmulatedPath<Transit> path = world.path("shared", PathTrace.constant(bottleneck(2)));
          world.download(path).download(Long.MAX_VALUE);
          return sharing(world, path, new long[] {50}, new double[] {5})
              .congestedIn(seconds(5), seconds(120));
        },
        besideDownloads());
  }

  /** §5.7, with the files and idle times that RFC 8868 has for short flows. */
  private static Scenario shortDownloads() {
    return Scenario.of(
        "RFC8867-5.7",
        "two flows share 2 Mbit/s with ten that fetch 30 to 50 kB every 10 s or so",
        300,
        (world, seed) -> {
          EmulatedPath<Transit> path = world.path("shared", PathTrace.constant(bottleneck(2)));
          RandomGenerator random = Seeds.random(seed, "short downloads");
          for (int i = 0; i < SHORT_DOWNLOADS; i++) {
            TcpFlow flow = world.download(path);
            double at = i < BEGIN_AT_ONCE ? 0 : idleSeconds(random);
            for (; at < 290; at += idleSeconds(random)) {
              long bytes = random.nextLong(LEAST_FILE_BYTES, MOST_FILE_BYTES);
              world.loop().at(seconds(at), _ -> flow.download(bytes));
            }
          }
          return sharing(world, path, new long[] {50, 50}, new double[] {5, 5})
              .congestedIn(seconds(5), seconds(300));
        },
        besideDownloads());
  }

  private static double idleSeconds(RandomGenerator random) {
    return MEAN_IDLE_SECONDS * random.nextExponential();
  }

  /** §5.8. */
  private static Scenario pause() {
    return Scenario.of(
        "RFC8867-5.8",
        "three flows share 3.5 Mbit/s, one of which is paused for 20 s",
        120,
        (world, _) -> {
          Study study =
              sharing(
                  world,
                  world.path("shared", PathTrace.constant(bottleneck(3.5))),
                  new long[] {50, 50, 50},
                  new double[] {0, 0, 0});
          world.loop().at(seconds(40), _ -> study.subject().watch("camera0", false));
          world.loop().at(seconds(60), _ -> study.subject().watch("camera0", true));
          return study.steadyIn(seconds(90), seconds(120));
        },
        neverOff());
  }

  /** Each watches a camera of their own: flows that adapt each for itself. */
  private static Study sharing(
      World world, EmulatedPath<Transit> path, long[] backMillis, double[] joinSeconds) {
    return Rooms.sharing(
        world,
        path,
        backMillis,
        joinSeconds,
        i -> world.publish(PublisherPlan.camera("camera" + i)));
  }
}

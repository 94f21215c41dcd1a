package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.GOOD_BPS;
import static dev.sluice.simulation.scenario.Rooms.downlink;
import static dev.sluice.simulation.scenario.Rooms.mbit;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.neverOff;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.path.TcpFlow;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.AudioPlan;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.publisher.VideoPlan;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.LossModel;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.QueueLimit;
import java.util.List;

/** Paths that lose, delay and share, without being too narrow for video. */
final class LossScenarios {
  private LossScenarios() {}

  static List<Scenario> all() {
    return List.of(
        loss("F3-5", 0.05, neverOff()),
        tightLoss(),
        loss("F3-10", 0.10, neverOff()),
        heavyLoss("F3-20", 0.20, 10),
        heavyLoss("F3-30", 0.30, 3),
        bursts(),
        longerRoundTrip(),
        bufferbloat(),
        download(),
        uplinkLoss(),
        redundancy(),
        screenBursts());
  }

  private static PathConditions losing(long capacityBps, double share) {
    return downlink(capacityBps).withLoss(new LossModel.Independent(share));
  }

  private static Scenario loss(String name, double share, List<Gate> gates) {
    return Scenario.of(
        name,
        "%.0f %% random loss, no bottleneck".formatted(100 * share),
        60,
        (world, _) ->
            Study.of(pair(world, PathTrace.constant(losing(PathConditions.UNLIMITED_BPS, share)))),
        gates);
  }

  /** The gate's own words: twice the need and 5 % loss, ten minutes. */
  private static Scenario tightLoss() {
    return Scenario.of(
        "F3-tight",
        "5 % random loss at twice what is needed, 10 minutes",
        600,
        (world, _) ->
            Study.of(
                pair(
                    world,
                    PublisherPlan.of("camera", VideoPlan.THUMBNAIL),
                    SubscriberPlan.person("viewer", PathTrace.constant(losing(GOOD_BPS, 0.05))))),
        neverOff());
  }

  private static Scenario heavyLoss(String name, double share, double offSeconds) {
    return Scenario.of(
        name,
        "%.0f %% random loss for 20 s: no video is worth having".formatted(100 * share),
        60,
        (world, _) ->
            Study.of(
                    pair(
                        world,
                        PathTrace.constant(downlink(mbit(2)))
                            .then(seconds(15), losing(mbit(2), share))
                            .then(seconds(35), downlink(mbit(2)))))
                .dropAt(seconds(15))
                .restoreAt(seconds(35)),
        Rooms.calm(Gate.atMost(Metric.OFF, offSeconds), Gate.atMost(Metric.BACK, 12)));
  }

  private static Scenario bursts() {
    return Scenario.of(
        "F4",
        "3 % loss in bursts of 8 packets, 2 Mbit/s",
        90,
        (world, _) ->
            Study.of(
                pair(
                    world,
                    PathTrace.constant(downlink(mbit(2)).withLoss(LossModel.Bursts.of(0.03, 8))))),
        neverOff());
  }

  private static Scenario longerRoundTrip() {
    return Scenario.of(
        "F5",
        "the round trip grows from 50 to 400 ms for 30 s, 2 Mbit/s",
        75,
        (world, _) -> {
          PathTrace down =
              PathTrace.constant(downlink(mbit(2)))
                  .then(seconds(20), downlink(mbit(2)).withDelay(millis(200), 0))
                  .then(seconds(50), downlink(mbit(2)));
          PathConditions near = PathConditions.PERFECT.withDelay(millis(25), 0);
          PathTrace up =
              PathTrace.constant(near)
                  .then(seconds(20), near.withDelay(millis(200), 0))
                  .then(seconds(50), near);
          return Study.of(
              pair(
                  world,
                  PublisherPlan.camera("camera"),
                  SubscriberPlan.person("viewer", down).withUplink(up)));
        },
        neverOff());
  }

  private static Scenario bufferbloat() {
    return Scenario.of(
        "F6",
        "2 Mbit/s → 300 kbit/s for 30 s behind a queue of a second",
        75,
        (world, _) -> {
          PathConditions deep = downlink(mbit(2)).withQueue(new QueueLimit.Time(seconds(1)));
          return Study.of(
                  pair(
                      world,
                      PathTrace.constant(deep)
                          .then(seconds(20), deep.withCapacity(300_000))
                          .then(seconds(50), deep)))
              .congestedIn(seconds(20), seconds(50));
        },
        neverOff());
  }

  private static Scenario download() {
    return Scenario.of(
        "F7",
        "a download shares 2 Mbit/s for 40 s",
        120,
        (world, _) -> {
          EmulatedPath<Transit> path = world.path("shared", PathTrace.constant(downlink(mbit(2))));
          TcpFlow flow = world.download(path);
          world.loop().at(seconds(20), _ -> flow.download(Long.MAX_VALUE));
          world.loop().at(seconds(60), _ -> flow.stop());
          return Study.of(pair(world, path))
              .congestedIn(seconds(20), seconds(60))
              .steadyIn(seconds(110), seconds(120));
        },
        Rooms.besideDownloads(Gate.atLeast(Metric.USED, Rooms.BEST_LAYER_PERCENT)));
  }

  private static Scenario uplinkLoss() {
    return Scenario.of(
        "F9",
        "10 % loss on the publisher's way up",
        60,
        (world, _) ->
            Study.of(
                pair(
                    world,
                    PublisherPlan.camera("camera")
                        .withUplink(
                            PublisherPlan.goodUplink().withLoss(new LossModel.Independent(0.10))),
                    SubscriberPlan.person("viewer", PathTrace.constant(downlink(mbit(2)))))),
        // Of the sound a tenth never gets to the router
        List.of(
            Gate.atMost(Metric.AUDIO_DELAY, 150),
            Gate.atMost(Metric.FROZEN, 2),
            Gate.atMost(Metric.FALLBACKS, 0),
            Gate.atMost(Metric.FAULTS, 0)));
  }

  private static Scenario redundancy() {
    return Scenario.of(
        "F3-red",
        "redundant sound: 2 Mbit/s → 200 kbit/s for 30 s",
        75,
        (world, _) ->
            Study.of(
                    pair(
                        world,
                        PublisherPlan.camera("camera").withAudio(AudioPlan.REDUNDANT),
                        SubscriberPlan.person(
                                "viewer",
                                PathTrace.constant(downlink(mbit(2)))
                                    .then(seconds(20), downlink(200_000))
                                    .then(seconds(50), downlink(mbit(2))))
                            .withRedundancy()))
                .congestedIn(seconds(20), seconds(50)),
        Rooms.calm());
  }

  /** The figures of a real meeting whose shared screen was switched off for its bursts. */
  private static Scenario screenBursts() {
    return Scenario.of(
        "F10",
        "a shared screen of 1.2 Mbit/s with bursts of three times that, a camera, 2.8 Mbit/s",
        80,
        (world, _) -> {
          PathTrace trace = PathTrace.constant(downlink(2_800_000));
          List<PublisherPlan> streams =
              List.of(
                  world.publish(PublisherPlan.camera("camera")),
                  world.publish(PublisherPlan.of("screen", VideoPlan.SCREEN)));
          return Study.of(world.subscribe(SubscriberPlan.person("viewer", trace), streams));
        },
        neverOff());
  }
}

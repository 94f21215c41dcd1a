package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.calm;
import static dev.sluice.simulation.scenario.Rooms.downlink;
import static dev.sluice.simulation.scenario.Rooms.mbit;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.neverOff;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.testkit.network.LossModel;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.QueueLimit;
import java.util.ArrayList;
import java.util.List;

/** Networks as they are often met, after the presets of str0m and the phases of pion/bwe-test. */
final class PresetScenarios {
  private PresetScenarios() {}

  static List<Scenario> all() {
    return List.of(
        preset(
            "wifi",
            "Wi-Fi: 100 Mbit/s, 5 ms, 1 % loss",
            downlink(mbit(100))
                .withDelay(millis(5), millis(2))
                .withLoss(new LossModel.Independent(0.01)),
            neverOff()),
        preset(
            "wifi-congested",
            "congested Wi-Fi: 5 Mbit/s, 30 kB of queue, 10 % loss in bursts",
            downlink(mbit(5))
                .withDelay(millis(10), millis(5))
                .withQueue(new QueueLimit.Bytes(30_000))
                .withLoss(LossModel.Bursts.of(0.10, 4)),
            neverOff()),
        preset(
            "cellular",
            "cellular: 3 Mbit/s, 50 ± 15 ms, 2 % loss in bursts",
            downlink(mbit(3))
                .withDelay(millis(50), millis(15))
                .withLoss(LossModel.Bursts.of(0.02, 4)),
            neverOff()),
        preset(
            "satellite",
            "satellite: 10 Mbit/s, 300 ms each way",
            downlink(mbit(10)).withDelay(millis(300), millis(5)),
            neverOff()),
        preset(
            "reordering",
            "2 Mbit/s, 5 % reordered by 15 ms, 1 % twice",
            downlink(mbit(2)).withReordering(0.05, millis(15)).withDuplicates(0.01),
            neverOff()),
        step(),
        halfLost(),
        stepUp(),
        hidden());
  }

  private static Scenario preset(
      String name, String title, PathConditions conditions, List<Gate> gates) {
    return Scenario.of(
        name,
        title,
        60,
        (world, _) -> {
          PathTrace up =
              PathTrace.constant(PathConditions.PERFECT.withDelay(conditions.delayNanos(), 0));
          return Study.of(
              pair(
                  world,
                  PublisherPlan.camera("camera"),
                  SubscriberPlan.person("viewer", PathTrace.constant(conditions)).withUplink(up)));
        },
        gates);
  }

  private static Scenario step() {
    return Scenario.of(
        "step",
        "10 → 0.8 → 10 Mbit/s, three cameras",
        90,
        (world, _) ->
            Study.of(
                    world.subscribe(
                        SubscriberPlan.person(
                            "viewer",
                            PathTrace.constant(downlink(mbit(10)))
                                .then(seconds(20), downlink(mbit(0.8)))
                                .then(seconds(50), downlink(mbit(10)))),
                        cameras(3).stream().map(world::publish).toList()))
                .congestedIn(seconds(20), seconds(50)),
        neverOff());
  }

  private static Scenario halfLost() {
    return Scenario.of(
        "half-lost",
        "50 % loss for 10 s, 2 Mbit/s",
        50,
        (world, _) ->
            Study.of(
                    pair(
                        world,
                        PathTrace.constant(downlink(mbit(2)))
                            .then(
                                seconds(15),
                                downlink(mbit(2)).withLoss(new LossModel.Independent(0.5)))
                            .then(seconds(25), downlink(mbit(2)))))
                .dropAt(seconds(15))
                .restoreAt(seconds(25)),
        calm(Gate.atMost(Metric.OFF, 3), Gate.atMost(Metric.BACK, 12)));
  }

  /** Three cameras want more than there is, in steps fine enough to fill it. */
  private static Scenario stepUp() {
    return Scenario.of(
        "step-up",
        "500 kbit/s → 3 Mbit/s, three cameras",
        70,
        (world, _) ->
            Study.of(
                    world.subscribe(
                        SubscriberPlan.person(
                            "viewer",
                            PathTrace.constant(downlink(500_000))
                                .then(seconds(20), downlink(mbit(3)))),
                        cameras(3).stream().map(world::publish).toList()))
                .steadyIn(seconds(40), seconds(70)),
        calm(Gate.atMost(Metric.FALLBACKS, 0), Gate.atLeast(Metric.USED, 80)));
  }

  private static Scenario hidden() {
    return Scenario.of(
        "hidden",
        "the viewer hides the video for 20 s, 1.6 Mbit/s",
        80,
        (world, _) -> {
          SimulatedSubscriber viewer = pair(world, PathTrace.constant(downlink(mbit(1.6))));
          world.loop().at(seconds(25), _ -> viewer.watch("camera", false));
          world.loop().at(seconds(45), _ -> viewer.watch("camera", true));
          return Study.of(viewer).steadyIn(seconds(65), seconds(80));
        },
        calm(
            Gate.atMost(Metric.FALLBACKS, 0), Gate.atLeast(Metric.USED, Rooms.BEST_LAYER_PERCENT)));
  }

  private static List<PublisherPlan> cameras(int count) {
    List<PublisherPlan> cameras = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cameras.add(PublisherPlan.camera("camera" + i));
    }
    return cameras;
  }
}

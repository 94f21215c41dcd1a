package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.downlink;
import static dev.sluice.simulation.scenario.Rooms.kbit;
import static dev.sluice.simulation.scenario.Rooms.mbit;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.FeedbackChannel;
import dev.sluice.simulation.subscriber.HostileChannel;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.simulation.world.World;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Clients that lie, stop talking or cannot make up their minds: at their own cost only. */
final class HostileScenarios {
  // All that a camera and its sound are, with half as much again for repetition and probes.
  private static final double MOST_KBIT = 2000;

  private HostileScenarios() {}

  static List<Scenario> all() {
    return List.of(damaged(), optimist(), silent(), toggling());
  }

  private static Study beside(World world, PathTrace downlink, Consumer<SimulatedSubscriber> action) {
    List<PublisherPlan> streams = List.of(world.publish(PublisherPlan.camera("camera")));
    SimulatedSubscriber hostile =
        world.subscribe(SubscriberPlan.person("hostile", downlink), streams);
    SimulatedSubscriber other =
        world.subscribe(
            SubscriberPlan.person("other", PathTrace.constant(downlink(mbit(2)))), streams);
    action.accept(hostile);
    return Study.of(hostile).sparing(List.of(other));
  }

  private static List<Gate> unharmed(Gate... more) {
    return Stream.concat(
            Arrays.stream(more),
            Stream.of(
                Gate.atMost(Metric.OTHERS_FALLBACKS, 0),
                Gate.atMost(Metric.OTHERS_FROZEN, 2),
                Gate.atMost(Metric.FAULTS, 0)))
        .toList();
  }

  private static Scenario damaged() {
    return Scenario.of(
        "hostile-damaged",
        "feedback damaged, repeated, late and left out for 20 s, then honest, 1.5 Mbit/s",
        80,
        (world, seed) ->
            beside(
                    world,
                    PathTrace.constant(downlink(mbit(1.5))),
                    hostile -> {
                      FeedbackChannel anything =
                          HostileChannel.anything(Seeds.random(seed, "hostile"));
                      world.loop().at(seconds(10), _ -> hostile.tamper(anything));
                      world
                          .loop()
                          .at(seconds(30), _ -> hostile.tamper(FeedbackChannel.HONEST));
                    })
                .steadyIn(seconds(65), seconds(80)),
        unharmed(
            Gate.atMost(Metric.STUCK, 45),
            Gate.atMost(Metric.FALLBACKS, 3),
            Gate.atLeast(Metric.USED, 60)));
  }

  private static Scenario optimist() {
    return Scenario.of(
        "hostile-optimist",
        "everything is said to arrive, at 300 kbit/s",
        60,
        (world, _) ->
            beside(
                    world,
                    PathTrace.constant(downlink(kbit(300))),
                    hostile ->
                        world
                            .loop()
                            .at(seconds(5), _ -> hostile.tamper(HostileChannel.optimist())))
                .congestedIn(seconds(10), seconds(60)),
        unharmed(Gate.atMost(Metric.SENT, MOST_KBIT)));
  }

  private static Scenario silent() {
    return Scenario.of(
        "hostile-silent",
        "no feedback for 20 s, then honest, 2 Mbit/s",
        70,
        (world, _) ->
            beside(
                    world,
                    PathTrace.constant(downlink(mbit(2))),
                    hostile -> {
                      world
                          .loop()
                          .at(seconds(15), _ -> hostile.tamper(HostileChannel.silence()));
                      world
                          .loop()
                          .at(seconds(35), _ -> hostile.tamper(FeedbackChannel.HONEST));
                    })
                .dropAt(seconds(15))
                .restoreAt(seconds(35)),
        unharmed(Gate.atMost(Metric.OFF, 3), Gate.atMost(Metric.BACK, 45)));
  }

  private static Scenario toggling() {
    return Scenario.of(
        "hostile-toggling",
        "video chosen and not, 100 times a second for 10 s",
        45,
        (world, _) ->
            beside(
                    world,
                    PathTrace.constant(downlink(mbit(1.5))),
                    hostile -> {
                      for (int i = 0; i < 1000; i++) {
                        boolean wanted = i % 2 == 1;
                        world
                            .loop()
                            .at(
                                seconds(10) + i * millis(10),
                                _ -> hostile.watch("camera", wanted));
                      }
                    })
                .steadyIn(seconds(30), seconds(45)),
        unharmed(Gate.atMost(Metric.FALLBACKS, 0), Gate.atLeast(Metric.USED, 60)));
  }
}

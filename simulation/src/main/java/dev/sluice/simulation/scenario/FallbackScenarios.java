package dev.sluice.simulation.scenario;

import static dev.sluice.simulation.scenario.Rooms.NEED_BPS;
import static dev.sluice.simulation.scenario.Rooms.calm;
import static dev.sluice.simulation.scenario.Rooms.downlink;
import static dev.sluice.simulation.scenario.Rooms.kbit;
import static dev.sluice.simulation.scenario.Rooms.mbit;
import static dev.sluice.simulation.scenario.Rooms.millis;
import static dev.sluice.simulation.scenario.Rooms.pair;
import static dev.sluice.simulation.scenario.Rooms.seconds;

import dev.sluice.router.live.VideoTerms;
import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Gate.Bound;
import dev.sluice.simulation.judge.Gate.Statistic;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.publisher.AudioPlan;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.publisher.VideoPlan;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import dev.sluice.testkit.network.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Capacities that fall below what video needs, and rise again. */
final class FallbackScenarios {
  private static final Gate WARNED = Gate.atMost(Metric.WARN, 1.5);
  private static final Gate OFF_IN_TIME = Gate.atMost(Metric.OFF, 3);
  private static final Gate BACK_MEDIAN = new Gate(Metric.BACK, Statistic.MEDIAN, Bound.AT_MOST, 6);
  private static final Gate BACK_P95 = new Gate(Metric.BACK, Statistic.P95, Bound.AT_MOST, 12);

  // Fewer packets and slower timers, for a hundred to be simulated quickly.
  private static final AudioPlan COARSE_SOUND = new AudioPlan(240, millis(60), false);
  private static final long COARSE_TICK_NANOS = millis(20);

  private FallbackScenarios() {}

  static List<Scenario> all() {
    return List.of(
        drop(),
        steps(),
        hardDrop(),
        limiter(),
        repeated(),
        atNeed(),
        outage(),
        oneOfMany(),
        recorder());
  }

  /** 2 Mbit/s, then so little for so long, then 2 Mbit/s again. */
  private static PathTrace dip(long bps, double fromSeconds, double toSeconds) {
    return dip(downlink(bps), fromSeconds, toSeconds);
  }

  private static PathTrace dip(PathConditions worse, double fromSeconds, double toSeconds) {
    return PathTrace.constant(downlink(mbit(2)))
        .then(seconds(fromSeconds), worse)
        .then(seconds(toSeconds), downlink(mbit(2)));
  }

  private static Scenario drop() {
    return Scenario.of(
        "F1",
        "2 Mbit/s → 100 kbit/s for 30 s → 2 Mbit/s",
        80,
        (world, _) ->
            Study.of(pair(world, dip(kbit(100), 20, 50)))
                .dropAt(seconds(20))
                .restoreAt(seconds(50))
                .congestedIn(seconds(20), seconds(50)),
        calm(WARNED, OFF_IN_TIME, BACK_MEDIAN, BACK_P95, Gate.atMost(Metric.FALLBACKS, 1)));
  }

  /** Where little is sent before the fall, little is lost in it, and the queue grows slowly. */
  private static Scenario steps() {
    return Scenario.of(
        "F1-steps",
        "2 Mbit/s → 250 kbit/s → 90 kbit/s for half a minute → 2 Mbit/s",
        100,
        (world, seed) -> {
          // The probes are seconds apart: whether one is near is not to be the same in all runs
          double back = 70 + Seeds.random(seed, "steps").nextDouble(4);
          return Study.of(
                  pair(
                      world,
                      PathTrace.constant(downlink(mbit(2)))
                          .then(seconds(20), downlink(kbit(250)))
                          .then(seconds(40), downlink(kbit(90)))
                          .then(seconds(back), downlink(mbit(2)))))
              .dropAt(seconds(40))
              .restoreAt(seconds(back))
              .congestedIn(seconds(20), seconds(back));
        },
        calm(WARNED, OFF_IN_TIME, BACK_MEDIAN, BACK_P95, Gate.atMost(Metric.FALLBACKS, 1)));
  }

  private static Scenario hardDrop() {
    return Scenario.of(
        "F1-hard",
        "2 Mbit/s → 80 kbit/s, hardly more than the sound, for 50 s → 2 Mbit/s",
        100,
        (world, _) ->
            Study.of(pair(world, dip(kbit(80), 20, 70)))
                .dropAt(seconds(20))
                .restoreAt(seconds(70))
                .congestedIn(seconds(20), seconds(70)),
        calm(Gate.atMost(Metric.OFF, 1), BACK_MEDIAN, BACK_P95, Gate.atMost(Metric.FALLBACKS, 1)));
  }

  /**
   * What the kernel's token bucket filter does, and home routers: after a lull a short burst passes
   * at once, so that a probe may as well.
   */
  private static Scenario limiter() {
    PathConditions limited = downlink(kbit(80)).withBursts(3_000);
    return Scenario.of(
        "F1-limiter",
        "2 Mbit/s → 80 kbit/s by a token bucket of 3 kB for 50 s → 2 Mbit/s",
        100,
        (world, _) ->
            Study.of(pair(world, dip(limited, 20, 70)))
                .dropAt(seconds(20))
                .restoreAt(seconds(70))
                .congestedIn(seconds(20), seconds(70)),
        calm(WARNED, OFF_IN_TIME, BACK_MEDIAN, BACK_P95, Gate.atMost(Metric.FALLBACKS, 1)));
  }

  private static Scenario repeated() {
    return Scenario.of(
        "F1-repeated",
        "F1 three times, 15 s down and 20 s up: back after the third",
        150,
        (world, _) -> {
          PathTrace trace = PathTrace.constant(downlink(mbit(2)));
          for (double at : new double[] {15, 50, 85}) {
            trace =
                trace
                    .then(seconds(at), downlink(kbit(100)))
                    .then(seconds(at + 15), downlink(mbit(2)));
          }
          return Study.of(pair(world, trace))
              .restoreAt(seconds(100))
              .congestedIn(seconds(15), seconds(100));
        },
        calm(Gate.atMost(Metric.BACK, 45), Gate.atMost(Metric.STUCK, 45)));
  }

  private static Scenario atNeed() {
    return Scenario.of(
        "F2",
        "2 Mbit/s → just what is needed ± 10 % for 120 s",
        140,
        (world, seed) ->
            Study.of(pair(world, aroundNeed(seed))).congestedIn(seconds(20), seconds(140)),
        calm(Gate.atMost(Metric.FALLBACKS, 1)));
  }

  /** A tenth less, exactly that, a tenth more, or something else every five seconds. */
  private static PathTrace aroundNeed(long seed) {
    PathTrace trace = PathTrace.constant(downlink(mbit(2)));
    if (seed % 4 < 3) {
      return trace.then(seconds(20), downlink((long) (NEED_BPS * (0.9 + 0.1 * (seed % 4)))));
    }
    RandomGenerator random = Seeds.random(seed, "around need");
    for (int at = 20; at < 140; at += 5) {
      trace = trace.then(seconds(at), downlink((long) (NEED_BPS * random.nextDouble(0.9, 1.1))));
    }
    return trace;
  }

  private static Scenario outage() {
    return Scenario.of(
        "F8",
        "nothing at all for 3 s, then from another address",
        50,
        (world, _) -> {
          SimulatedSubscriber viewer =
              pair(
                  world,
                  PathTrace.constant(downlink(mbit(2)))
                      .then(seconds(20), downlink(0))
                      .then(seconds(23), downlink(mbit(2))));
          world.loop().at(seconds(23), _ -> viewer.moveTo(world.anotherAddress()));
          return Study.of(viewer).dropAt(seconds(20)).restoreAt(seconds(23));
        },
        // All sound is lost meanwhile, which is no congestion
        List.of(
            OFF_IN_TIME,
            BACK_MEDIAN,
            BACK_P95,
            Gate.atMost(Metric.AUDIO_DELAY, 150),
            Gate.atMost(Metric.FROZEN, 2),
            Gate.atMost(Metric.FAULTS, 0)));
  }

  private static Scenario oneOfMany() {
    return new Scenario(
        "F11",
        "100 watch, one of them at 75 kbit/s for 40 s",
        66,
        COARSE_TICK_NANOS,
        (world, seed) -> {
          double back = 48 + Seeds.random(seed, "one of many").nextDouble(4);
          List<PublisherPlan> streams =
              List.of(
                  world.publish(
                      PublisherPlan.of("camera", VideoPlan.THUMBNAIL).withAudio(COARSE_SOUND)));
          SimulatedSubscriber bad =
              world.subscribe(SubscriberPlan.person("bad", dip(kbit(75), 8, back)), streams);
          List<SimulatedSubscriber> others = new ArrayList<>();
          PathTrace good = PathTrace.constant(downlink(mbit(2)));
          for (int i = 1; i < 100; i++) {
            others.add(world.subscribe(SubscriberPlan.person("good" + i, good), streams));
          }
          return Study.of(bad)
              .sparing(others)
              .dropAt(seconds(8))
              .restoreAt(seconds(back))
              .congestedIn(seconds(8), seconds(back));
        },
        calm(
            WARNED,
            OFF_IN_TIME,
            BACK_MEDIAN,
            BACK_P95,
            Gate.atMost(Metric.OTHERS_FALLBACKS, 0),
            Gate.atMost(Metric.OTHERS_FROZEN, 2)));
  }

  private static Scenario recorder() {
    return Scenario.of(
        "F12",
        "a recorder at 2 Mbit/s → 300 kbit/s for 20 s: it gets the best all the same",
        60,
        (world, _) ->
            Study.of(
                    pair(
                        world,
                        PublisherPlan.camera("camera"),
                        SubscriberPlan.person("recorder", dip(kbit(300), 20, 40))
                            .withTerms(new VideoTerms(true, false, true))))
                .congestedIn(seconds(22), seconds(40)),
        List.of(
            Gate.atMost(Metric.FALLBACKS, 0),
            Gate.atLeast(Metric.SENT, 1000),
            Gate.atMost(Metric.FAULTS, 0)));
  }
}

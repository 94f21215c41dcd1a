package dev.sluice.simulation.scenario;

import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.path.Transit;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.simulation.world.World;
import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** What many scenarios have in common. */
final class Rooms {
  /**
   * What sound (148 bytes with all headers, 50 times a second) and the base layer of the lowest
   * encoding (3.75 pictures a second of 1.6 kB) take on the wire.
   */
  static final long NEED_BPS = 110_000;

  /** Twice that: video must be there. */
  static final long GOOD_BPS = 2 * NEED_BPS;

  /** What a camera's best layer uses at least of 1.6 Mbit/s; the next one takes 50 %. */
  static final double BEST_LAYER_PERCENT = 58;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private Rooms() {}

  static long seconds(double seconds) {
    return (long) (seconds * NANOS_PER_SECOND);
  }

  static long millis(long millis) {
    return millis * NANOS_PER_MILLI;
  }

  static long mbit(double mbit) {
    return (long) (mbit * 1_000_000);
  }

  static long kbit(long kbit) {
    return kbit * 1000;
  }

  /** A downlink with 25 ms and 300 ms of queue. */
  static PathConditions downlink(long capacityBps) {
    return PathConditions.PERFECT
        .withDelay(SubscriberPlan.DELAY_NANOS, 0)
        .withCapacity(capacityBps);
  }

  /** One camera, one person who watches it. */
  static SimulatedSubscriber pair(World world, PathTrace downlink) {
    return pair(world, PublisherPlan.camera("camera"), SubscriberPlan.person("viewer", downlink));
  }

  static SimulatedSubscriber pair(World world, PublisherPlan publisher, SubscriberPlan viewer) {
    return world.subscribe(viewer, List.of(world.publish(publisher)));
  }

  /** The same over a path that others may share. */
  static SimulatedSubscriber pair(World world, EmulatedPath<Transit> path) {
    return world.subscribe(
        SubscriberPlan.person("viewer", path.trace()),
        path,
        List.of(world.publish(PublisherPlan.camera("camera"))));
  }

  /** The bottleneck of RFC 8867: 50 ms and 300 ms of queue. */
  static PathConditions bottleneck(double mbit) {
    return downlink(mbit(mbit)).withDelay(millis(50), 0);
  }

  /** A way back that only takes so long. */
  static PathTrace back(long millis) {
    return PathTrace.constant(PathConditions.PERFECT.withDelay(millis(millis), 0));
  }

  /**
   * Viewers who share a path, each with a way back and a time to join of its own.
   *
   * @param cameras which camera each watches
   */
  static Study sharing(
      World world,
      EmulatedPath<Transit> path,
      long[] backMillis,
      double[] joinSeconds,
      IntFunction<PublisherPlan> cameras) {
    List<SimulatedSubscriber> viewers = new ArrayList<>();
    for (int i = 0; i < backMillis.length; i++) {
      PublisherPlan camera = cameras.apply(i);
      SubscriberPlan plan =
          SubscriberPlan.person("viewer" + i, path.trace()).withUplink(back(backMillis[i]));
      SimulatedSubscriber viewer = world.subscribe(plan, path, List.of());
      world.loop().at(seconds(joinSeconds[i]), _ -> viewer.subscribe(camera));
      viewers.add(viewer);
    }
    return Study.of(viewers.getFirst()).among(viewers.subList(1, viewers.size()));
  }

  /** What holds whenever a network gets worse. */
  static List<Gate> calm(Gate... more) {
    List<Gate> gates = new ArrayList<>(Arrays.asList(more));
    gates.add(Gate.atMost(Metric.AUDIO_LOSS, 1));
    gates.add(Gate.atMost(Metric.AUDIO_WORST, 3));
    gates.add(Gate.atMost(Metric.AUDIO_DELAY, 150));
    gates.add(Gate.atMost(Metric.FROZEN, 2));
    gates.add(Gate.atMost(Metric.FAULTS, 0));
    return gates;
  }

  /** The same, where video never has to be switched off. */
  static List<Gate> neverOff() {
    List<Gate> gates = calm();
    gates.add(Gate.atMost(Metric.FALLBACKS, 0));
    return gates;
  }

  /** The same beside downloads, which fill the queue that sound waits in whatever is sent. */
  static List<Gate> besideDownloads(Gate... more) {
    List<Gate> gates = neverOff();
    gates.removeIf(gate -> gate.metric() == Metric.AUDIO_DELAY);
    gates.add(Gate.atMost(Metric.ADDED_DELAY, 150));
    gates.addAll(Arrays.asList(more));
    return gates;
  }
}

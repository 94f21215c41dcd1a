package dev.sluice.simulation.scenario;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.live.RoomSnapshot.AdaptationSnapshot;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import dev.sluice.simulation.judge.Study;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Notes ten times a second how the subject of a run fares. */
public final class Recording implements BiConsumer<World, Study> {
  /**
   * One moment.
   *
   * @param capacityBps of the downlink
   * @param sentBps over the last 500 ms, on the wire
   * @param receivedBps likewise
   * @param adaptation what the router knows of the transport, once there is feedback
   */
  public record Sample(
      long nanos,
      long capacityBps,
      double sentBps,
      double receivedBps,
      Optional<AdaptationSnapshot> adaptation) {
    /** The router's estimate. */
    public Optional<Estimate> estimate() {
      return adaptation.map(AdaptationSnapshot::estimate);
    }
  }

  private static final long RATE_NANOS = 500_000_000;

  private final List<Sample> samples = new ArrayList<>();

  @Override
  public void accept(World world, Study study) {
    long nowNanos = world.loop().nowNanos();
    long fromNanos = Math.max(0, nowNanos - RATE_NANOS);
    SimulatedSubscriber subject = study.subject();
    samples.add(
        new Sample(
            nowNanos,
            subject.downlinkTrace().at(nowNanos).capacityBps(),
            subject.sent().bitrateBps(fromNanos, nowNanos),
            subject.received().bitrateBps(fromNanos, nowNanos),
            world.snapshot().transports().stream()
                .filter(transport -> transport.peer().equals(subject.plan().id()))
                .findFirst()
                .flatMap(TransportSnapshot::adaptation)));
  }

  /** In order. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }
}

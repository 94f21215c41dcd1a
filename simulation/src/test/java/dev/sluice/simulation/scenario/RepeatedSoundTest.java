package dev.sluice.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.worker.Worker;
import dev.sluice.simulation.publisher.PublisherPlan;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SubscriberPlan;
import dev.sluice.simulation.world.World;
import dev.sluice.testkit.network.PathTrace;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sound on a network that falls to less than is sent, behind a queue that overflows. */
class RepeatedSoundTest {
  private static final long DROP_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int SEEDS = 10;
  private static final SubscriberPlan CHROMIUM =
      SubscriberPlan.person(
          "viewer",
          PathTrace.constant(Rooms.downlink(Rooms.mbit(2)))
              .then(DROP_NANOS, Rooms.downlink(Rooms.kbit(100))));
  private static final SubscriberPlan FIREFOX = CHROMIUM.withoutRepeatedSound();

  private record Sound(double lost, long repeated) {}

  private static Sound heard(SubscriberPlan viewer) {
    double lost = 0;
    long repeated = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      World world = new World(seed, AdaptationSettings.DEFAULTS, Worker.TICK_NANOS);
      SimulatedSubscriber subscriber = Rooms.pair(world, PublisherPlan.camera("camera"), viewer);
      world.runUntil(END_NANOS);
      world.close();
      lost += subscriber.sounds().getFirst().lossIn(DROP_NANOS, END_NANOS) / SEEDS;
      repeated +=
          world.snapshot().transports().stream()
              .filter(transport -> transport.side() == TransportSide.SUBSCRIBE)
              .flatMap(transport -> transport.tracks().stream())
              .filter(track -> track.kind() == MediaKind.AUDIO)
              .mapToLong(TrackSnapshot::retransmitted)
              .sum();
    }
    return new Sound(lost, repeated);
  }

  @Test
  void who_asks_for_lost_sound_misses_less_of_it() {
    Sound withRepeats = heard(CHROMIUM);
    Sound without = heard(FIREFOX);

    assertThat(without.repeated()).isZero();
    assertThat(without.lost()).isPositive();
    assertThat(withRepeats.repeated()).isPositive();
    assertThat(withRepeats.lost()).isLessThan(without.lost());
  }
}

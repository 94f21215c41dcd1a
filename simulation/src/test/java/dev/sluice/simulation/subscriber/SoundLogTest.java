package dev.sluice.simulation.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoundLogTest {
  private static final long PACKET = 20_000_000;
  private static final long SECOND = 1_000_000_000;

  private final SoundLog log = new SoundLog(PACKET);

  private void arrive(int from, int to) {
    for (int i = from; i < to; i++) {
      log.onArrival(i, i * PACKET, 5_000_000, true);
    }
  }

  @Test
  void a_gap_is_a_loss() {
    arrive(0, 40);
    arrive(50, 100);

    assertThat(log.lossIn(0, 2 * SECOND)).isCloseTo(0.1, within(0.001));
    assertThat(log.lossIn(SECOND, 2 * SECOND)).isZero();
  }

  @Test
  void what_was_lost_by_chance_does_not_count() {
    arrive(0, 40);
    for (int i = 40; i < 50; i++) {
      log.onLostByChance(i, i * PACKET);
    }
    arrive(50, 100);

    assertThat(log.lossIn(0, 2 * SECOND)).isZero();
  }

  @Test
  void sound_that_ends_is_lost_from_then_on() {
    arrive(0, 50);
    log.close(11 * SECOND);

    assertThat(log.lossIn(SECOND, 10 * SECOND)).isEqualTo(1);
  }

  @Test
  void the_worst_stretch_is_found() {
    arrive(0, 500);
    arrive(525, 1000);

    assertThat(log.worstLossIn(0, 20 * SECOND, 5 * SECOND)).isCloseTo(0.1, within(0.001));
  }

  @Test
  void the_delay_is_that_of_the_slowest_but_a_twentieth() {
    arrive(0, 96);
    for (int i = 96; i < 100; i++) {
      log.onArrival(i, i * PACKET, 300_000_000, true);
    }

    assertThat(log.delayMillisIn(0, 2 * SECOND, 0.95)).isCloseTo(5, within(0.1));
    assertThat(log.delayMillisIn(0, 2 * SECOND, 0.97)).isCloseTo(300, within(0.1));
  }
}

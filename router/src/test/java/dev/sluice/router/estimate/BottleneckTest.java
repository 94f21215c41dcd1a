package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BottleneckTest {
  private static final double NANOS_PER_MILLI = 1_000_000;
  private static final int AUDIO = 150;
  private static final int VIDEO = 1_150;
  private static final double LONG = 100;

  private final Bottleneck bottleneck = new Bottleneck();
  // A receiver's clock may begin anywhere
  private double nowMillis = -50_000;

  private void arrives(double afterMillis, int wireBytes, double queueMillis) {
    nowMillis += afterMillis;
    bottleneck.add(
        wireBytes, (long) (nowMillis * NANOS_PER_MILLI), (long) (queueMillis * NANOS_PER_MILLI));
  }

  /** A packet comes when it, and so much of others before it, was served. */
  private void served(int bps, int wireBytes, int bytesOfOthers) {
    arrives((wireBytes + bytesOfOthers) * 8_000.0 / bps, wireBytes, LONG);
  }

  private void served(int bps, int... sizes) {
    for (int size : sizes) {
      served(bps, size, 0);
    }
    bottleneck.onFeedbackEnd();
  }

  /** A bottleneck that serves a download, too: packets of it come between any two of ours. */
  private void servedBesideDownload(int bps, int packets, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < packets; i++) {
      served(bps, i % 4 == 0 ? VIDEO : AUDIO, 1_500 * random.nextInt(5));
      bottleneck.onFeedbackEnd();
    }
  }

  @Test
  void intervals_in_proportion_to_the_sizes_give_the_rate_of_a_bottleneck_that_serves_us_alone() {
    served(90_000, AUDIO, AUDIO, VIDEO, AUDIO, AUDIO, VIDEO);
    assertThat(bottleneck.latestAloneBps()).isBetween(89_900L, 90_100L);
    assertThat(bottleneck.aloneBps()).isEqualTo(bottleneck.latestAloneBps());
    assertThat(bottleneck.servedBps()).isBetween(89_900L, 90_100L);
  }

  @Test
  void a_bottleneck_that_became_narrower_is_known_from_the_packets_since() {
    served(2_000_000, AUDIO, VIDEO, VIDEO, VIDEO, VIDEO, AUDIO, VIDEO, VIDEO, VIDEO, VIDEO, VIDEO);
    served(250_000, VIDEO, AUDIO, VIDEO, AUDIO);
    assertThat(bottleneck.latestAloneBps()).isBetween(249_000L, 251_000L);
  }

  @Test
  void beside_a_download_we_are_never_thought_to_be_alone_and_know_what_is_served() {
    for (long seed = 1; seed <= 50; seed++) {
      bottleneck.reset();
      servedBesideDownload(2_000_000, 100, seed);
      assertThat(bottleneck.aloneBps()).as("seed %d", seed).isEqualTo(Bottleneck.UNKNOWN);
      assertThat(bottleneck.servedBps()).as("seed %d", seed).isBetween(1_500_000L, 2_600_000L);
    }
  }

  @Test
  void packets_of_one_size_that_come_evenly_prove_nothing() {
    // As sent every 20 ms, behind a queue that stays as long as it is
    for (int i = 0; i < 50; i++) {
      arrives(20, AUDIO + i % 10, LONG);
      bottleneck.onFeedbackEnd();
    }
    assertThat(bottleneck.aloneBps()).isEqualTo(Bottleneck.UNKNOWN);
  }

  @Test
  void three_intervals_or_sixty_milliseconds_are_too_few() {
    served(90_000, AUDIO, VIDEO, AUDIO, AUDIO);
    assertThat(bottleneck.latestAloneBps()).as("three intervals").isEqualTo(Bottleneck.UNKNOWN);
    bottleneck.reset();
    served(2_000_000, AUDIO, VIDEO, VIDEO, AUDIO, VIDEO, VIDEO);
    assertThat(bottleneck.latestAloneBps()).as("19 ms").isEqualTo(Bottleneck.UNKNOWN);
  }

  @Test
  void packets_that_did_not_wait_tell_nothing() {
    for (int i = 0; i < 50; i++) {
      arrives(10, i % 3 == 0 ? VIDEO : AUDIO, 5.9);
      bottleneck.onFeedbackEnd();
    }
    assertThat(bottleneck.aloneBps()).isEqualTo(Bottleneck.UNKNOWN);
    assertThat(bottleneck.servedBps()).isZero();
  }

  @Test
  void what_a_short_queue_is_served_with_may_be_of_before_the_path_became_narrower() {
    for (int i = 0; i < 20; i++) {
      arrives(0.6, AUDIO, 49);
    }
    assertThat(bottleneck.servedBps()).isZero();
    arrives(0.6, AUDIO, 50);
    assertThat(bottleneck.servedBps()).isEqualTo(2_000_000);
  }

  @Test
  void that_we_are_alone_is_known_for_a_second() {
    served(90_000, AUDIO, AUDIO, VIDEO, AUDIO, AUDIO, VIDEO);
    arrives(999, AUDIO, 0);
    assertThat(bottleneck.aloneBps()).isPositive();
    arrives(2, AUDIO, 0);
    bottleneck.onFeedbackEnd();
    assertThat(bottleneck.aloneBps()).isEqualTo(Bottleneck.UNKNOWN);
  }

  @Test
  void a_packet_that_is_served_far_faster_refutes_it() {
    served(90_000, AUDIO, AUDIO, VIDEO, AUDIO, AUDIO, VIDEO);
    served(170_000, AUDIO, 0);
    assertThat(bottleneck.aloneBps()).as("not twice as fast").isPositive();
    served(190_000, AUDIO, 0);
    assertThat(bottleneck.aloneBps()).isEqualTo(Bottleneck.UNKNOWN);
  }

  @Test
  void the_fastest_is_forgotten_when_packets_have_waited_for_a_second_since() {
    served(2_000_000, AUDIO, AUDIO);
    for (int i = 0; i < 11; i++) {
      arrives(100, AUDIO, LONG);
    }
    assertThat(bottleneck.servedBps()).isEqualTo(12_000);
  }

  @Test
  void one_that_was_overtaken_is_left_out() {
    served(90_000, AUDIO, AUDIO, VIDEO);
    bottleneck.add(AUDIO, (long) ((nowMillis - 30) * NANOS_PER_MILLI), 100_000_000);
    served(90_000, AUDIO, AUDIO, VIDEO);
    assertThat(bottleneck.latestAloneBps()).isBetween(89_900L, 90_100L);
  }

  @Test
  void packets_that_come_at_once_were_held_up_together_and_tell_nothing() {
    for (int i = 0; i < 100; i++) {
      arrives(0, VIDEO, LONG);
      arrives(0.25, AUDIO, LONG);
    }
    bottleneck.onFeedbackEnd();
    assertThat(bottleneck.servedBps()).isZero();
    assertThat(bottleneck.latestAloneBps()).isEqualTo(Bottleneck.UNKNOWN);
  }

  @Test
  void what_is_forgotten_is_unknown() {
    served(90_000, AUDIO, AUDIO, VIDEO, AUDIO, AUDIO, VIDEO);
    bottleneck.reset();
    assertThat(bottleneck.latestAloneBps()).isEqualTo(Bottleneck.UNKNOWN);
    assertThat(bottleneck.aloneBps()).isEqualTo(Bottleneck.UNKNOWN);
    assertThat(bottleneck.servedBps()).isZero();
  }
}

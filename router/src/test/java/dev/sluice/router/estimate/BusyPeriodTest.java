package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusyPeriodTest {
  private static final long MILLI = 1_000_000;
  private static final long LONG = 50 * MILLI;

  private final SentPackets sent = new SentPackets();
  private final BusyPeriod busy = new BusyPeriod(sent);
  private long nowMillis = -7_000;
  private int number;

  /** A packet after so long that has waited for 50 ms. */
  private void waited(long afterMillis, int wireBytes) {
    waited(afterMillis, wireBytes, LONG);
  }

  private void waited(long afterMillis, int wireBytes, long queueNanos) {
    nowMillis += afterMillis;
    long sequence = sent.add(number++, wireBytes, nowMillis * MILLI - queueNanos);
    busy.add(sequence, nowMillis * MILLI, queueNanos);
  }

  private void didNotWait(long afterMillis, int wireBytes) {
    waited(afterMillis, wireBytes, 5 * MILLI);
  }

  /** Packets that have waited, as a path of 400 kbit/s lets them through. */
  private void packets(int count) {
    for (int i = 0; i < count; i++) {
      waited(25, 1_250);
    }
  }

  @Test
  void the_rate_is_that_of_the_packets_that_waited_whatever_was_sent_before() {
    for (int before : new int[] {0, 100, 5_000, 60_000}) {
      for (int i = 0; i < 50; i++) {
        didNotWait(10, before);
      }
      packets(10);
      assertThat(busy.bps()).as("after packets of %d bytes", before).isEqualTo(400_000);
    }
  }

  @Test
  void packets_of_different_sizes_give_the_rate_exactly() {
    didNotWait(20, 700);
    int[] sizes = {1_000, 200, 1_200, 50, 50, 1_000, 400, 900};
    for (int size : sizes) {
      waited(size / 50, size);
    }
    assertThat(busy.bps()).isEqualTo(400_000);
  }

  @Test
  void without_a_queue_the_rate_is_unknown() {
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
    for (int i = 0; i < 100; i++) {
      didNotWait(25, 1_250);
    }
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void a_single_interval_tells_nothing_and_neither_do_two_that_are_short() {
    didNotWait(25, 1_250);
    waited(80, 4_000);
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
    didNotWait(25, 1_250);
    waited(25, 1_250);
    waited(25, 1_250);
    assertThat(busy.bps()).as("of 50 ms").isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void sixty_milliseconds_beside_the_longest_pause_are_needed() {
    didNotWait(10, 500);
    for (int i = 0; i < 6; i++) {
      waited(10, 500);
    }
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
    waited(10, 500);
    assertThat(busy.bps()).isEqualTo(400_000);
  }

  @Test
  void a_pause_and_the_packet_after_it_count_for_nothing() {
    didNotWait(25, 1_250);
    packets(3);
    // The path became longer, or the receiver did not run
    waited(200, 9_999);
    packets(3);
    assertThat(busy.bps()).isEqualTo(400_000);
  }

  @Test
  void two_packets_at_an_even_rate_are_enough() {
    didNotWait(25, 100);
    waited(40, 2_000);
    waited(20, 1_000);
    assertThat(busy.bps()).isEqualTo(400_000);
  }

  @Test
  void two_packets_are_not_when_one_between_them_is_missing() {
    didNotWait(25, 100);
    waited(70, 160);
    // What is lost behind the bottleneck has taken its time there
    sent.add(number++, 1_250, nowMillis * MILLI);
    waited(70, 160);
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void two_packets_at_different_rates_are_not() {
    didNotWait(25, 100);
    waited(60, 1_250);
    waited(25, 1_250);
    assertThat(busy.bps()).as("the first was late").isEqualTo(BusyPeriod.UNKNOWN);
    didNotWait(25, 100);
    waited(25, 1_250);
    waited(60, 1_250);
    assertThat(busy.bps()).as("the second was late").isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void a_packet_that_did_not_wait_ends_it() {
    didNotWait(25, 1_250);
    packets(10);
    didNotWait(25, 1_250);
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
    assertThat(busy.grows()).isFalse();
    for (int i = 0; i < 10; i++) {
      waited(50, 1_250);
    }
    assertThat(busy.bps()).as("the new one alone").isEqualTo(200_000);
  }

  @Test
  void only_the_last_four_tenths_of_a_second_count() {
    didNotWait(25, 1_250);
    packets(40);
    for (int i = 0; i < 7; i++) {
      waited(50, 1_250);
    }
    assertThat(busy.bps()).as("partly of before").isGreaterThan(200_000);
    waited(50, 1_250);
    assertThat(busy.bps()).isEqualTo(200_000);
  }

  @Test
  void what_was_overtaken_is_left_out() {
    didNotWait(25, 1_250);
    packets(5);
    long sequence = sent.add(number++, 50_000, nowMillis * MILLI - LONG);
    busy.add(sequence, (nowMillis - 10) * MILLI, LONG);
    packets(5);
    assertThat(busy.bps()).isEqualTo(400_000);
  }

  @Test
  void it_goes_on_for_longer_than_packets_are_remembered() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 1_000; i++) {
      waited(2, 100, LONG + i * MILLI);
      if (i > 200) {
        assertThat(busy.bps()).as("packet %d", i).isEqualTo(400_000);
        assertThat(busy.grows()).as("packet %d", i).isTrue();
      }
    }
  }

  @Test
  void of_very_many_packets_the_latest_are_enough() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 1_000; i++) {
      waited(1, 250);
    }
    assertThat(busy.bps()).isEqualTo(2_000_000);
  }

  @Test
  void it_grows_while_delays_rise() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 10; i++) {
      waited(25, 1_250, LONG + 2L * i * MILLI);
    }
    assertThat(busy.grows()).isTrue();
  }

  @Test
  void it_does_not_grow_while_delays_stay_the_same_or_fall() {
    didNotWait(25, 1_250);
    packets(20);
    assertThat(busy.grows()).isFalse();
    for (int i = 0; i < 16; i++) {
      waited(25, 1_250, LONG - 2L * i * MILLI);
    }
    assertThat(busy.grows()).isFalse();
  }

  @Test
  void late_packets_between_quick_ones_are_no_growth() {
    didNotWait(25, 1_250);
    packets(8);
    for (int i = 0; i < 8; i++) {
      waited(25, 1_250, i == 4 ? LONG : LONG + 80 * MILLI);
    }
    assertThat(busy.grows()).isFalse();
  }

  @Test
  void a_growth_that_is_over_for_four_tenths_of_a_second_is_none() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 10; i++) {
      waited(25, 1_250, 10L * (i + 1) * MILLI);
    }
    assertThat(busy.grows()).isTrue();
    for (int i = 0; i < 17; i++) {
      waited(25, 1_250, 100 * MILLI);
    }
    assertThat(busy.grows()).isFalse();
  }

  @Test
  void nothing_is_known_after_a_reset() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 10; i++) {
      waited(25, 1_250, 10L * (i + 1) * MILLI);
    }
    busy.reset();
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
    assertThat(busy.grows()).isFalse();
    waited(25, 1_250);
    waited(25, 1_250);
    assertThat(busy.bps()).isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void what_is_offered_is_what_was_sent_in_the_time_of_the_packets_arrived_or_not() {
    assertThat(busy.offeredBps()).isEqualTo(BusyPeriod.UNKNOWN);
    didNotWait(25, 1_250);
    assertThat(busy.offeredBps()).as("with one packet").isEqualTo(BusyPeriod.UNKNOWN);
    for (int i = 1; i <= 10; i++) {
      // Sent every 10 ms, of two one is lost, and the others come every 25 ms
      sent.add(number++, 1_250, nowMillis * MILLI);
      waited(25, 1_250, (5 + 5 * i) * MILLI);
    }
    assertThat(busy.bps()).isEqualTo(400_000);
    assertThat(busy.offeredBps()).isEqualTo(1_000_000);
  }

  @Test
  void of_packets_that_were_sent_at_once_it_is_unknown_what_is_offered() {
    didNotWait(25, 1_250);
    for (int i = 0; i < 5; i++) {
      waited(25, 1_250, (30 + 25 * i) * MILLI);
    }
    for (int i = 0; i < 50; i++) {
      waited(10, 1_250, (150 + 10 * i) * MILLI);
    }
    assertThat(busy.bps()).isEqualTo(1_000_000);
    assertThat(busy.offeredBps()).isEqualTo(BusyPeriod.UNKNOWN);
  }

  @Test
  void packets_of_a_bottleneck_come_one_by_one() {
    assertThat(busy.comesOneByOne()).isFalse();
    didNotWait(25, 1_250);
    waited(120, 1_250, 100 * MILLI);
    assertThat(busy.comesOneByOne()).as("a single one does not tell").isFalse();
    waited(40, 1_250, 130 * MILLI);
    assertThat(busy.comesOneByOne()).isTrue();
  }

  @Test
  void packets_that_were_held_up_come_at_once() {
    didNotWait(25, 1_250);
    waited(200, 1_250, 180 * MILLI);
    for (int i = 1; i <= 10; i++) {
      // Sent 15 ms after the one before
      waited(1, 1_250, (180 - 14 * i) * MILLI);
      assertThat(busy.comesOneByOne()).as("packet %d", i).isFalse();
    }
  }
}

package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long MILLI = 1_000_000;
  private final RateMeter meter = new RateMeter();

  @Test
  void a_tenth_of_a_second_is_needed() {
    assertThat(meter.bps()).isEqualTo(RateMeter.UNKNOWN);
    meter.add(0, 1_000);
    meter.add(90 * MILLI, 1_000);
    assertThat(meter.bps()).isEqualTo(RateMeter.UNKNOWN);
    meter.add(100 * MILLI, 1_000);
    assertThat(meter.bps()).isEqualTo(160_000);
  }

  @Test
  void few_large_packets_of_a_busy_path_give_its_rate_exactly() {
    // 1250 bytes take 100 ms at 100 kbit/s
    for (long millis = -3_333; millis < -1_333; millis += 100) {
      meter.add(millis * MILLI, 1_250);
      if (millis > -3_333) {
        assertThat(meter.bps()).isEqualTo(100_000);
      }
    }
  }

  @Test
  void after_half_a_second_the_rate_is_the_new_one() {
    for (long millis = 0; millis < 1_000; millis += 5) {
      meter.add(millis * MILLI, 1_250);
    }
    assertThat(meter.bps()).isEqualTo(2_000_000);
    for (long millis = 1_000; millis < 1_600; millis += 50) {
      meter.add(millis * MILLI, 1_250);
    }
    assertThat(meter.bps()).isEqualTo(200_000);
  }

  @Test
  void what_is_late_counts_in_its_place_and_what_is_too_late_does_not() {
    meter.add(1_000 * MILLI, 1_250);
    meter.add(1_100 * MILLI, 1_250);
    meter.add(1_050 * MILLI, 1_250);
    assertThat(meter.bps()).isEqualTo(200_000);
    meter.add(100 * MILLI, 1_000_000);
    assertThat(meter.bps()).isEqualTo(200_000);
  }

  @Test
  void times_from_everywhere_do_no_harm() {
    meter.add(Long.MIN_VALUE, 1_000);
    meter.add(Long.MAX_VALUE, 1_000);
    meter.add(0, 1_000);
    assertThat(meter.bps()).isEqualTo(RateMeter.UNKNOWN);
  }
}

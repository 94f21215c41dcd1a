package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a layer costs in its first seconds, while its encoder makes up for the key frame. */
class LayerCostsTest {
  private static final long MILLI = 1_000_000;
  private static final long FRAME_MILLIS = 50;
  private static final int HEADER_BYTES = 44;
  private static final double CAREFUL = 1.05;

  private final LayerCosts costs = new LayerCosts();
  private long nowMillis = -9_000;

  /** On the wire. */
  private void key(int bytes) {
    costs.onPacket(0, 0, bytes - HEADER_BYTES, true, nowMillis * MILLI);
  }

  /** Frames of so many bytes on the wire, twenty a second. */
  private void frames(long forMillis, int bytes) {
    for (long passed = 0; passed < forMillis; passed += FRAME_MILLIS) {
      nowMillis += FRAME_MILLIS;
      costs.onPacket(0, 0, bytes - HEADER_BYTES, false, nowMillis * MILLI);
    }
  }

  private long costBps() {
    return costs.costBps(0, 0);
  }

  private long leastBps() {
    return costs.leastBps(0, 0);
  }

  @Test
  void a_layer_has_only_just_begun_until_it_is_measured() {
    assertThat(costs.isBeginning()).as("nothing has come").isFalse();
    key(10_000);
    assertThat(costs.isBeginning()).isTrue();
    frames(250, 1_000);
    assertThat(costs.isBeginning()).isTrue();
    frames(100, 1_000);
    assertThat(costs.isBeginning()).isFalse();
  }

  @Test
  void a_layer_that_comes_again_has_not_just_begun() {
    key(10_000);
    frames(5_000, 1_000);
    nowMillis += 60_000;
    key(10_000);
    assertThat(costs.isBeginning()).isFalse();
  }

  @Test
  void what_is_saved_on_frames_after_the_key_frame_is_not_taken_for_what_they_take() {
    // 100 kbit at first, and then half of the 200 kbit/s that it is to take
    key(12_500);
    frames(1_000, 625);
    assertThat(leastBps()).isCloseTo(200_000 * 2 / 3, withPercentage(5));
    assertThat(costBps()).isCloseTo((long) (200_000 / 1.2 * CAREFUL), withPercentage(5));
    frames(1_000, 625);
    assertThat(leastBps()).isCloseTo(300_000 * 2 / 5, withPercentage(5));
    assertThat(costBps()).isCloseTo((long) (300_000 / 2.2 * CAREFUL), withPercentage(5));
  }

  @Test
  void after_three_seconds_the_frames_alone_count() {
    key(12_500);
    frames(2_800, 625);
    assertThat(leastBps()).isGreaterThan(110_000);
    frames(400, 625);
    assertThat(leastBps()).isCloseTo(100_000, withPercentage(2));
    assertThat(costBps()).isCloseTo((long) (100_000 * CAREFUL), withPercentage(2));
  }

  @Test
  void a_key_frame_of_later_on_is_left_out() {
    key(12_500);
    frames(5_000, 1_250);
    nowMillis += FRAME_MILLIS;
    key(40_000);
    frames(1_000, 1_250);
    assertThat(costBps()).isLessThanOrEqualTo((long) (200_000 * CAREFUL));
  }

  @Test
  void a_small_key_frame_makes_no_layer_look_cheaper() {
    key(100);
    frames(1_000, 1_250);
    assertThat(leastBps()).isCloseTo(200_000, withPercentage(6));
    assertThat(costBps()).isCloseTo((long) (200_000 * CAREFUL), withPercentage(6));
  }

  @Test
  void all_layers_are_judged_by_the_same_share_of_it() {
    key(12_500);
    for (int i = 0; i < 20; i++) {
      nowMillis += FRAME_MILLIS;
      costs.onPacket(0, i % 2, 625 - HEADER_BYTES, false, nowMillis * MILLI);
    }
    assertThat(costs.costBps(0, 1)).isCloseTo(2 * costs.costBps(0, 0), withPercentage(10));
    assertThat(costs.costBps(0, 1)).isCloseTo((long) (200_000 / 1.2 * CAREFUL), withPercentage(5));
  }

  @Test
  void what_a_burst_took_is_kept_in_mind_for_half_a_minute_by_who_goes_up() {
    key(10_000);
    frames(20_000, 1_250);
    assertThat(costBps()).isCloseTo((long) (200_000 * CAREFUL), withPercentage(1));
    frames(2_000, 3_750);
    long burstBps = costBps();
    assertThat(burstBps).isCloseTo((long) (546_000 * CAREFUL), withPercentage(2));
    frames(10_000, 1_250);
    assertThat(costBps()).isCloseTo((long) (burstBps * 0.72), withPercentage(2));
    assertThat(leastBps()).as("who gives up doesn't").isLessThan(250_000);
    frames(50_000, 1_250);
    assertThat(costBps())
        .as("it is forgotten")
        .isCloseTo((long) (200_000 * CAREFUL), withPercentage(1));
  }

  @Test
  void frames_that_vary_as_those_of_cameras_are_no_burst() {
    Random random = new Random(1);
    key(10_000);
    for (int i = 0; i < 1_000; i++) {
      frames(FRAME_MILLIS, (int) (1_250 * Math.exp(random.nextGaussian() * 0.25)));
      if (i > 100) {
        assertThat(costBps()).isLessThan(250_000);
      }
    }
  }
}

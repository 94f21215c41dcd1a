package dev.sluice.router.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Budget;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  private final Pace pace = new Pace(PaceSettings.DEFAULTS, 0);

  private static Estimate estimate(long bitrateBps, long fullBps, Usage usage, long queueMillis) {
    return estimate(bitrateBps, fullBps, usage, Sharing.UNKNOWN, queueMillis);
  }

  private static Estimate estimate(
      long bitrateBps, long fullBps, Usage usage, Sharing sharing, long queueMillis) {
    return new Estimate(
        bitrateBps,
        fullBps,
        Reason.DELAY,
        usage,
        sharing,
        0,
        queueMillis * MILLI,
        bitrateBps,
        false);
  }

  private long keyFramePace(Estimate estimate) {
    return pace.paceBps(estimate, 500 * MILLI, true, 0);
  }

  private long usualPace(Estimate estimate) {
    return pace.paceBps(estimate, 500 * MILLI, false, 0);
  }

  @Test
  void a_queue_is_drained_by_sending_less_than_the_path_carries() {
    Estimate estimate = estimate(100_000, 120_000, Usage.CONGESTED, 0);
    assertThat(usualPace(estimate)).isEqualTo(80_000);
    assertThat(usualPace(estimate(100_000, 120_000, Usage.FILLING, 0))).isEqualTo(95_000);
    // 200 ms more than is harmless, of 800 ms that would leave nothing
    assertThat(usualPace(estimate(1_000_000, 1_200_000, Usage.CONGESTED, 260))).isEqualTo(600_000);
  }

  @Test
  void a_key_frame_leaves_as_fast_as_the_path_carries_while_the_queue_is_short_enough() {
    assertThat(keyFramePace(estimate(100_000, 120_000, Usage.CONGESTED, 250))).isEqualTo(120_000);
    assertThat(keyFramePace(estimate(100_000, 120_000, Usage.FILLING, 250))).isEqualTo(120_000);
  }

  @Test
  void a_longer_queue_is_drained_first() {
    Estimate estimate = estimate(100_000, 120_000, Usage.CONGESTED, 251);
    assertThat(keyFramePace(estimate)).isEqualTo(usualPace(estimate)).isLessThan(100_000);
  }

  @Test
  void what_is_not_known_of_the_path_or_was_of_a_wider_one_is_not_made_use_of() {
    Estimate unknown = estimate(100_000, Estimate.NEVER_FULL, Usage.CONGESTED, 100);
    assertThat(keyFramePace(unknown)).isEqualTo(usualPace(unknown));
    Estimate wider = estimate(100_000, 200_001, Usage.CONGESTED, 100);
    assertThat(keyFramePace(wider)).isEqualTo(usualPace(wider));
  }

  @Test
  void without_a_queue_a_key_frame_leaves_as_everything_that_waits() {
    Estimate clear = estimate(100_000, 110_000, Usage.CLEAR, 0);
    assertThat(keyFramePace(clear)).isEqualTo(usualPace(clear)).isEqualTo(110_000);
  }

  @Test
  void the_queue_is_known_where_it_is_ours_and_short_and_the_path_was_found_to_be_full() {
    assertThat(pace.knowsQueue(estimate(100_000, 120_000, Usage.CONGESTED, Sharing.ALONE, 250)))
        .isTrue();
    for (Sharing sharing : new Sharing[] {Sharing.UNKNOWN, Sharing.SHARED}) {
      assertThat(pace.knowsQueue(estimate(100_000, 120_000, Usage.CONGESTED, sharing, 250)))
          .as("%s", sharing)
          .isFalse();
    }
    assertThat(pace.knowsQueue(estimate(100_000, 120_000, Usage.CONGESTED, Sharing.ALONE, 251)))
        .as("a longer queue")
        .isFalse();
    assertThat(pace.knowsQueue(estimate(100_000, 120_000, Usage.CLEAR, Sharing.ALONE, 0)))
        .as("no queue")
        .isFalse();
    assertThat(
            pace.knowsQueue(
                estimate(100_000, Estimate.NEVER_FULL, Usage.CONGESTED, Sharing.ALONE, 100)))
        .as("a path that was never full")
        .isFalse();
  }

  @Test
  void what_is_on_its_way_is_what_leaves_until_it_is_told_of() {
    assertThat(Pace.bytesOnPath(250_000, 100 * MILLI)).isEqualTo(3_125);
    assertThat(pace.windowBytes(250_000, 100 * MILLI)).isEqualTo(3_125 + 12_000);
  }

  @Test
  void of_a_budget_a_share_is_held_back_when_what_waits_has_not_become_less_for_a_second() {
    assertThat(pace.granted(400_000, 251 * MILLI, 0)).isEqualTo(Budget.whole(400_000));
    assertThat(pace.granted(400_000, 251 * MILLI, 1_000 * MILLI)).isEqualTo(Budget.whole(400_000));
    assertThat(pace.granted(400_000, 251 * MILLI, 1_001 * MILLI))
        .isEqualTo(new Budget(300_000, 400_000));
    assertThat(pace.granted(400_000, 250 * MILLI, 1_002 * MILLI)).isEqualTo(Budget.whole(400_000));
  }

  @Test
  void a_probe_and_the_least_rate_are_kept_to_in_any_case() {
    Estimate low = estimate(20_000, 24_000, Usage.CONGESTED, 100);
    assertThat(keyFramePace(low)).isEqualTo(60_000);
    assertThat(usualPace(low)).isEqualTo(60_000);
    assertThat(pace.paceBps(low, 0, true, 300_000)).isEqualTo(300_000);
  }

  private boolean onlyBase(long queueMillis, long atMillis) {
    return pace.onlyBase(estimate(500_000, 600_000, Usage.FILLING, queueMillis), atMillis * MILLI);
  }

  @Test
  void behind_a_queue_that_has_just_come_up_only_base_layers_are_sent() {
    assertThat(onlyBase(60, 0)).as("not long enough yet").isFalse();
    assertThat(onlyBase(61, 10)).isTrue();
    assertThat(onlyBase(15, 100)).as("not gone yet").isTrue();
    assertThat(onlyBase(14, 110)).isFalse();
    assertThat(onlyBase(60, 120)).isFalse();
    assertThat(onlyBase(61, 130)).as("the next one").isTrue();
  }

  @Test
  void behind_a_queue_that_stays_what_is_granted_is_sent_again_after_a_while() {
    assertThat(onlyBase(100, 0)).isTrue();
    assertThat(onlyBase(300, 1_999)).isTrue();
    assertThat(onlyBase(300, 2_000)).isFalse();
    assertThat(onlyBase(300, 60_000)).isFalse();
    assertThat(onlyBase(0, 60_100)).isFalse();
    assertThat(onlyBase(100, 60_200)).isTrue();
  }
}

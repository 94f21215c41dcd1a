package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.sluice.router.estimate.Estimate.Reason;
import org.junit.jupiter.api.Test;

class RateControlTest {
  private static final long MILLI = 1_000_000;
  private static final long ROUND_TRIP = 50 * MILLI;
  private static final long STEP_MILLIS = 50;

  private final RateControl rate = new RateControl(EstimatorSettings.DEFAULTS, -ROUND_TRIP);
  private long nowMillis;

  private long nowNanos() {
    return nowMillis * MILLI;
  }

  private boolean busy(long carriedBps) {
    nowMillis += STEP_MILLIS;
    return rate.onBusy(carriedBps, nowNanos());
  }

  private boolean queue(boolean grows, long arrivedBps) {
    return queue(grows, arrivedBps, 0);
  }

  private boolean queue(boolean grows, long arrivedBps, long leastBps) {
    return rate.onQueue(grows, arrivedBps, leastBps, ROUND_TRIP, nowNanos());
  }

  /** So much arrives without a queue for so long. */
  private void clear(long arrivedBps, long forMillis) {
    for (long end = nowMillis + forMillis; nowMillis < end; ) {
      nowMillis += STEP_MILLIS;
      rate.onClear(arrivedBps, arrivedBps, nowNanos());
    }
  }

  /** All of the estimate arrives without a queue for so long. */
  private void clearInFullUse(long forMillis) {
    for (long end = nowMillis + forMillis; nowMillis < end; ) {
      nowMillis += STEP_MILLIS;
      rate.onClear(rate.bitrateBps(), rate.bitrateBps(), nowNanos());
    }
  }

  @Test
  void it_begins_with_the_start_and_a_path_that_was_never_full() {
    assertThat(rate.bitrateBps()).isEqualTo(1_000_000);
    assertThat(rate.reason()).isEqualTo(Reason.START);
    assertThat(rate.fullBps()).isEqualTo(Estimate.NEVER_FULL);
  }

  @Test
  void somebody_elses_queue_does_not_lower_it_below_what_we_are_entitled_to() {
    for (int i = 0; i < 20; i++) {
      nowMillis += 1_000;
      boolean lowered = queue(true, 100_000, 300_000);
      assertThat(lowered).as("the %d. time", i).isEqualTo(i < 8);
    }
    assertThat(rate.bitrateBps()).isEqualTo(300_000);
    rate.onProbeQueue(200_000, 100_000, nowNanos());
    assertThat(queue(true, 100_000, 300_000))
        .as("from below it is no reason to raise it")
        .isFalse();
    assertThat(rate.bitrateBps()).isLessThan(300_000);
  }

  @Test
  void a_busy_path_lowers_it_to_a_share_of_what_it_carries() {
    assertThat(busy(600_000)).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(510_000);
    assertThat(rate.reason()).isEqualTo(Reason.DELAY);
    assertThat(rate.fullBps()).isEqualTo(600_000);
  }

  @Test
  void however_often_that_is_told_it_leads_to_the_same() {
    busy(600_000);
    for (int i = 0; i < 20; i++) {
      assertThat(busy(600_000)).isFalse();
    }
    assertThat(rate.bitrateBps()).isEqualTo(510_000);
  }

  @Test
  void a_busy_path_that_carries_more_than_the_estimate_does_not_raise_it() {
    assertThat(busy(2_000_000)).isFalse();
    assertThat(rate.bitrateBps()).isEqualTo(1_000_000);
    assertThat(rate.fullBps()).isEqualTo(2_000_000);
  }

  @Test
  void a_busy_path_that_carries_less_and_less_lowers_it_at_once_each_time() {
    busy(600_000);
    assertThat(busy(300_000)).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(255_000);
    assertThat(busy(1_000)).isTrue();
    assertThat(rate.bitrateBps()).as("the least").isEqualTo(30_000);
  }

  @Test
  void a_queue_that_grows_lowers_it_once_in_a_round_trip_and_a_bit() {
    assertThat(queue(true, 1_000_000)).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(850_000);
    nowMillis += 249;
    assertThat(queue(true, 850_000)).isFalse();
    nowMillis += 1;
    assertThat(queue(true, 850_000)).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(722_500);
  }

  @Test
  void a_queue_that_stands_lowers_it_once_until_it_is_gone() {
    assertThat(queue(false, 1_000_000)).isTrue();
    nowMillis += 1_000;
    assertThat(queue(false, 850_000)).isFalse();
    clear(10_000, STEP_MILLIS);
    nowMillis += 1_000;
    assertThat(queue(false, 850_000)).isTrue();
  }

  @Test
  void a_queue_while_little_is_sent_says_nothing_of_what_the_path_carries() {
    queue(true, 790_000);
    assertThat(rate.fullBps()).isEqualTo(Estimate.NEVER_FULL);
    nowMillis += 250;
    queue(true, 790_000);
    assertThat(rate.fullBps()).as("nearly all of the estimate arrives").isEqualTo(790_000);
  }

  @Test
  void what_was_given_up_for_the_queue_of_somebody_else_comes_back_when_it_is_gone() {
    busy(600_000);
    for (int i = 0; i < 4; i++) {
      rate.onOthersQueue();
      queue(true, 100_000);
      nowMillis += 250;
    }
    assertThat(rate.bitrateBps()).isLessThan(350_000);
    clear(400_000, STEP_MILLIS);
    assertThat(rate.bitrateBps()).as("a share of what was carried").isBetween(510_000L, 550_000L);
  }

  @Test
  void what_was_given_up_for_a_queue_of_ours_does_not() {
    busy(600_000);
    nowMillis += 250;
    queue(true, 510_000);
    clear(400_000, STEP_MILLIS);
    assertThat(rate.bitrateBps()).isLessThan(450_000);
  }

  @Test
  void a_queue_of_which_nothing_arrives_lowers_nothing() {
    assertThat(queue(true, RateMeter.UNKNOWN)).isFalse();
    assertThat(rate.bitrateBps()).isEqualTo(1_000_000);
  }

  @Test
  void a_path_that_was_never_full_is_given_eight_per_cent_a_second() {
    clearInFullUse(STEP_MILLIS);
    long beforeBps = rate.bitrateBps();
    clearInFullUse(1_000);
    assertThat(rate.bitrateBps()).isCloseTo((long) (beforeBps * 1.083), withPercentage(0.2));
    assertThat(rate.reason()).isEqualTo(Reason.GROWTH);
  }

  @Test
  void it_does_not_grow_past_half_as_much_again_as_arrives() {
    clear(700_000, 60_000);
    assertThat(rate.bitrateBps()).isEqualTo(1_060_000);
    clear(100_000, 60_000);
    assertThat(rate.bitrateBps()).as("nor does it fall").isEqualTo(1_060_000);
  }

  @Test
  void it_returns_quickly_to_where_the_path_was_full() {
    busy(600_000);
    clear(450_000, 300);
    assertThat(rate.bitrateBps()).isBetween(550_000L, 562_000L);
    clear(450_000, 300);
    assertThat(rate.bitrateBps()).isEqualTo(582_000);
  }

  @Test
  void it_stays_there_while_it_is_not_used() {
    busy(600_000);
    clear(450_000, 60_000);
    assertThat(rate.bitrateBps()).isEqualTo(582_000);
    assertThat(rate.fullBps()).isEqualTo(600_000);
  }

  @Test
  void it_goes_on_from_there_slowly_while_it_is_used() {
    busy(600_000);
    clear(450_000, 1_000);
    clear(500_000, 300);
    assertThat(rate.bitrateBps()).isBetween(585_000L, 586_000L);
    clear(500_000, 60_000);
    assertThat(rate.bitrateBps())
        .as("until that is less than 85 % of it")
        .isBetween(588_000L, 589_000L);
  }

  @Test
  void what_arrives_without_a_queue_past_the_known_capacity_sets_it_free() {
    busy(600_000);
    clear(450_000, 1_000);
    clearInFullUse(15_000);
    assertThat(rate.fullBps()).isEqualTo(Estimate.NEVER_FULL);
    long beforeBps = rate.bitrateBps();
    clearInFullUse(1_000);
    assertThat(rate.bitrateBps()).isCloseTo((long) (beforeBps * 1.083), withPercentage(0.2));
  }

  @Test
  void what_arrives_while_there_is_a_queue_raises_the_known_capacity_alone() {
    busy(600_000);
    rate.onWaiting(700_000);
    assertThat(rate.fullBps()).isEqualTo(700_000);
    assertThat(rate.bitrateBps()).isEqualTo(510_000);
  }

  @Test
  void nine_tenths_of_what_arrives_without_a_queue_is_believed_at_once() {
    busy(100_000);
    nowMillis += STEP_MILLIS;
    rate.onClear(200_000, 240_000, nowNanos());
    assertThat(rate.bitrateBps()).isCloseTo(180_000, withPercentage(1));
    assertThat(rate.reason()).isEqualTo(Reason.GROWTH);
  }

  @Test
  void what_arrived_before_the_path_became_narrower_is_not() {
    busy(100_000);
    nowMillis += STEP_MILLIS;
    rate.onClear(1_000_000, 90_000, nowNanos());
    assertThat(rate.bitrateBps()).isLessThan(90_000);
    nowMillis += STEP_MILLIS;
    rate.onClear(1_000_000, RateMeter.UNKNOWN, nowNanos());
    assertThat(rate.bitrateBps()).isLessThan(90_000);
  }

  @Test
  void a_pause_is_not_made_up_for() {
    nowMillis += 60_000;
    rate.onClear(1_000_000, 1_000_000, nowNanos());
    assertThat(rate.bitrateBps()).isEqualTo(1_020_000);
  }

  @Test
  void loss_lowers_it_to_what_arrives() {
    assertThat(rate.onLoss(800_000, 1_000_000, nowNanos())).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(800_000);
    assertThat(rate.reason()).isEqualTo(Reason.LOSS);
    assertThat(rate.onLoss(900_000, 1_000_000, nowNanos())).isFalse();
    assertThat(rate.onLoss(RateMeter.UNKNOWN, 1_000_000, nowNanos())).isFalse();
    assertThat(rate.onLoss(100_000, RateMeter.UNKNOWN, nowNanos())).isFalse();
    assertThat(rate.bitrateBps()).isEqualTo(800_000);
  }

  @Test
  void loss_leaves_at_least_half() {
    assertThat(rate.onLoss(0, 1_000_000, nowNanos())).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(500_000);
  }

  @Test
  void loss_leaves_at_least_half_of_what_is_sent_where_that_is_less() {
    assertThat(rate.onLoss(0, 800_000, nowNanos())).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(400_000);
  }

  @Test
  void loss_of_the_little_that_is_sent_says_nothing_of_the_rest() {
    assertThat(rate.onLoss(0, 50_000, nowNanos())).isTrue();
    assertThat(rate.bitrateBps()).isEqualTo(500_000);
  }

  @Test
  void a_path_that_has_only_become_longer_has_back_what_it_had() {
    busy(900_000);
    busy(400_000);
    rate.onLongerPath();
    assertThat(rate.bitrateBps()).isEqualTo(1_000_000);
    assertThat(rate.fullBps()).isEqualTo(Estimate.NEVER_FULL);
    assertThat(rate.reason()).isEqualTo(Reason.GROWTH);
  }

  @Test
  void what_a_queue_took_that_is_gone_is_not_given_back_when_the_path_becomes_longer() {
    busy(600_000);
    clear(RateMeter.UNKNOWN, STEP_MILLIS);
    rate.onLongerPath();
    assertThat(rate.bitrateBps()).isEqualTo(510_000);
    assertThat(rate.fullBps()).isEqualTo(600_000);
    busy(500_000);
    rate.onLongerPath();
    assertThat(rate.bitrateBps()).as("as before the second queue").isEqualTo(510_000);
  }

  @Test
  void a_probe_raises_it_and_never_lowers_it() {
    rate.onProbe(1_500_000);
    assertThat(rate.bitrateBps()).isEqualTo(1_500_000);
    assertThat(rate.reason()).isEqualTo(Reason.PROBE);
    rate.onProbe(1_200_000);
    assertThat(rate.bitrateBps()).isEqualTo(1_500_000);
  }

  @Test
  void the_first_probe_that_fills_the_queue_shows_what_the_path_carries_and_later_ones_do_not() {
    rate.onProbeQueue(1_200_000, 400_000, nowNanos());
    assertThat(rate.bitrateBps()).isEqualTo(400_000);
    rate.onProbeQueue(600_000, 100_000, nowNanos());
    assertThat(rate.bitrateBps()).isEqualTo(400_000);
    rate.onProbeQueue(300_000, 100_000, nowNanos());
    assertThat(rate.bitrateBps()).isEqualTo(300_000);
  }

  @Test
  void after_silence_nothing_is_known() {
    busy(600_000);
    rate.onSilence();
    assertThat(rate.bitrateBps()).isEqualTo(510_000);
    assertThat(rate.fullBps()).isEqualTo(Estimate.NEVER_FULL);
    assertThat(rate.reason()).isEqualTo(Reason.SILENCE);
    rate.onProbe(3_000_000);
    rate.onSilence();
    assertThat(rate.bitrateBps()).as("the start").isEqualTo(1_000_000);
  }
}

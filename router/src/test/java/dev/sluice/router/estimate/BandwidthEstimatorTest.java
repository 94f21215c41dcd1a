package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate.Reason;
import org.junit.jupiter.api.Test;

class BandwidthEstimatorTest {
  private static final long MILLI = 1_000_000;

  @Test
  void before_feedback_it_is_the_start_value() {
    BandwidthEstimator estimator = new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
    assertThat(estimator.estimate())
        .isEqualTo(
            new Estimate(
                EstimatorSettings.DEFAULTS.startBps(),
                Estimate.NEVER_FULL,
                Reason.START,
                Estimate.Usage.CLEAR,
                Estimate.Sharing.UNKNOWN,
                0,
                0,
                0,
                false));
  }

  @Test
  void the_same_object_is_returned_until_something_changes() {
    BandwidthEstimator estimator = new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
    Estimate before = estimator.estimate();
    estimator.onTick(20 * MILLI);
    assertThat(estimator.estimate()).isSameAs(before);
    estimator.onReceiverEstimate(400_000, 30 * MILLI);
    assertThat(estimator.estimate()).isNotSameAs(before);
  }

  @Test
  void the_receivers_estimate_counts_where_no_feedback_comes() {
    BandwidthEstimator estimator = new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
    estimator.onReceiverEstimate(400_000, 0);
    assertThat(estimator.estimate().bitrateBps()).isEqualTo(400_000);
    assertThat(estimator.estimate().reason()).isEqualTo(Reason.REMB);
    estimator.onReceiverEstimate(Long.MAX_VALUE, 0);
    assertThat(estimator.estimate().bitrateBps()).isEqualTo(50_000_000);
    estimator.onReceiverEstimate(0, 0);
    assertThat(estimator.estimate().bitrateBps()).isEqualTo(30_000);
  }

  @Test
  void the_receivers_estimate_does_not_count_beside_feedback() {
    SimulatedCall call = new SimulatedCall(1);
    call.run(500);
    long before = call.estimate().bitrateBps();
    call.estimator.onReceiverEstimate(100_000, call.nowNanos());
    assertThat(call.estimate().bitrateBps()).isEqualTo(before);
  }

  @Test
  void a_second_of_sending_without_feedback_is_silence() {
    SimulatedCall call = new SimulatedCall(1);
    call.run(3_000);
    call.feedbackStopped = true;
    call.run(900);
    assertThat(call.estimate().silent()).isFalse();
    call.run(300);
    assertThat(call.estimate().silent()).isTrue();
    call.feedbackStopped = false;
    call.run(300);
    assertThat(call.estimate().silent()).isFalse();
  }

  @Test
  void who_did_not_run_has_not_listened_and_calls_nobody_silent() {
    SimulatedCall call = new SimulatedCall(1);
    call.run(3_000);
    call.feedbackStopped = true;
    call.run(500);
    long wokenNanos = call.nowNanos() + 5_000 * MILLI;
    call.estimator.onTick(wokenNanos);
    assertThat(call.estimate().silent()).isFalse();
    for (long at = 10; at < 400; at += 10) {
      call.estimator.onTick(wokenNanos + at * MILLI);
    }
    assertThat(call.estimate().silent()).as("after 0.9 s in which it ran").isFalse();
    for (long at = 400; at < 700; at += 10) {
      call.estimator.onTick(wokenNanos + at * MILLI);
    }
    assertThat(call.estimate().silent()).as("after 1.2 s in which it ran").isTrue();
  }

  @Test
  void sending_nothing_is_no_silence() {
    BandwidthEstimator estimator = new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
    estimator.onTick(20_000 * MILLI);
    assertThat(estimator.estimate().silent()).isFalse();
  }

  /** Ten packets of which the fifth is lost, told of at 300 ms. */
  private static BandwidthEstimator withALoss(boolean sentAgainBefore) {
    BandwidthEstimator estimator = new BandwidthEstimator(EstimatorSettings.DEFAULTS, 0);
    for (int i = 0; i < 10; i++) {
      estimator.onSent(i, 150, i * 20L * MILLI);
    }
    if (sentAgainBefore) {
      estimator.onSentAgain(5);
    }
    for (int i = 0; i < 10; i++) {
      boolean copy = i == 5 && sentAgainBefore;
      estimator.onPacketFeedback(i, i != 5 || copy, ((copy ? 13L : i) * 20 + 30) * MILLI);
    }
    estimator.onFeedbackEnd(300 * MILLI);
    estimator.onTick(1_000 * MILLI);
    return estimator;
  }

  @Test
  void a_packet_that_came_because_it_was_sent_again_is_lost_all_the_same() {
    Estimate withoutCopy = withALoss(false).estimate();
    assertThat(withoutCopy.loss()).isPositive();
    assertThat(withALoss(true).estimate()).isEqualTo(withoutCopy);
  }

  @Test
  void what_is_told_of_a_copy_later_changes_nothing() {
    BandwidthEstimator estimator = withALoss(false);
    Estimate before = estimator.estimate();
    estimator.onSentAgain(5);
    estimator.onPacketFeedback(5, true, 800 * MILLI);
    estimator.onFeedbackEnd(1_000 * MILLI);
    estimator.onTick(1_000 * MILLI);
    assertThat(estimator.estimate()).isEqualTo(before);
  }

  @Test
  void a_packet_that_had_arrived_stays_so_when_it_is_sent_again() {
    BandwidthEstimator estimator = withALoss(false);
    Estimate before = estimator.estimate();
    estimator.onSentAgain(4);
    estimator.onSentAgain(4_000);
    estimator.onPacketFeedback(4, false, 0);
    estimator.onFeedbackEnd(1_000 * MILLI);
    estimator.onTick(1_000 * MILLI);
    assertThat(estimator.estimate()).isEqualTo(before);
  }

  @Test
  void after_five_seconds_without_feedback_it_starts_again_no_higher_than_at_first() {
    SimulatedCall call = new SimulatedCall(1);
    call.run(20_000);
    assertThat(call.estimate().bitrateBps()).isGreaterThan(1_200_000);
    call.feedbackStopped = true;
    call.run(5_300);
    assertThat(call.estimate().reason()).isEqualTo(Reason.SILENCE);
    assertThat(call.estimate().bitrateBps()).isEqualTo(1_000_000);
    call.feedbackStopped = false;
    call.run(2_000);
    assertThat(call.estimate().silent()).isFalse();
    assertThat(call.estimate().bitrateBps()).isGreaterThan(1_000_000);
  }
}

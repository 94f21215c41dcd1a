package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeRunTest {
  private static final long MILLI = 1_000_000;
  private static final int PACKET_BYTES = 250;
  private static final long DELAY = 40 * MILLI;

  private final ProbeRun probe = new ProbeRun(EstimatorSettings.Probe.DEFAULTS);
  private long sequence = 100;

  private void start(long delayNanos, double loss) {
    start(delayNanos, loss, 300_000, 0);
  }

  private void start(long delayNanos, double loss, long sentBps, long nowMillis) {
    ProbePlan plan = new ProbePlan(400_000, 200 * MILLI, 15);
    probe.start(plan, delayNanos, loss, sentBps, nowMillis * MILLI);
  }

  private void sendAll() {
    for (long millis = 0; millis <= 200; millis += 50) {
      for (int due = probe.paddingDue(millis * MILLI); due > 0; due -= PACKET_BYTES) {
        probe.onSent(sequence++, PACKET_BYTES, millis * MILLI);
      }
    }
  }

  private void receive(long from, long to, long delayNanos) {
    for (long each = from; each < to; each++) {
      probe.onReceived(each, delayNanos);
    }
  }

  private Optional<ProbeOutcome> outcome() {
    probe.onFeedbackEnd(sequence - 1, 300 * MILLI);
    assertThat(probe.isRunning()).isFalse();
    return probe.takeOutcome();
  }

  @Test
  void padding_fills_up_to_the_rate_that_is_wanted() {
    start(DELAY, 0);
    assertThat(probe.paddingDue(0)).isZero();
    assertThat(probe.paddingDue(10 * MILLI)).isEqualTo(500);
    probe.onSent(sequence++, 300, 10 * MILLI);
    assertThat(probe.paddingDue(10 * MILLI)).isEqualTo(200);
    probe.onSent(sequence++, 1_000, 10 * MILLI);
    assertThat(probe.paddingDue(10 * MILLI)).isZero();
  }

  @Test
  void a_late_caller_makes_up_for_a_tenth_of_a_second_at_most() {
    start(DELAY, 0);
    assertThat(probe.paddingDue(199 * MILLI)).isEqualTo(5_000);
  }

  @Test
  void what_arrives_as_it_was_sent_passes() {
    start(DELAY, 0);
    sendAll();
    assertThat(probe.paddingDue(250 * MILLI)).isZero();
    receive(100, sequence, DELAY + 5 * MILLI);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertPassed);
    assertThat(probe.takePassedBps()).isBetween(375_000L, 430_000L);
    assertThat(probe.takePassedBps()).isZero();
    assertThat(probe.takeOutcome()).isEmpty();
  }

  private static void assertPassed(ProbeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProbeOutcome.Passed.class);
  }

  private static void assertFailed(ProbeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProbeOutcome.Failed.class);
  }

  private static void assertUnanswered(ProbeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProbeOutcome.Unanswered.class);
  }

  @Test
  void a_queue_of_twenty_milliseconds_fails_at_the_end() {
    start(DELAY, 0);
    sendAll();
    receive(100, sequence, DELAY + 21 * MILLI);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertFailed);
    assertThat(probe.takePassedBps()).isZero();
    assertThat(probe.takeQueuedBps()).isEqualTo(400_000);
  }

  @Test
  void a_queue_of_fifty_milliseconds_ends_it_at_once() {
    start(DELAY, 0);
    for (int i = 0; i < 10; i++) {
      probe.onSent(sequence++, PACKET_BYTES, 50 * MILLI);
    }
    receive(100, 110, DELAY + 51 * MILLI);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertFailed);
    assertThat(probe.paddingDue(100 * MILLI)).isZero();
  }

  @Test
  void one_lost_packet_is_no_sign_and_three_of_forty_are() {
    start(DELAY, 0);
    sendAll();
    probe.onLost(100);
    receive(101, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertPassed);

    sequence = 200;
    start(DELAY, 0);
    sendAll();
    probe.onLost(200);
    probe.onLost(201);
    probe.onLost(202);
    receive(203, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertFailed);
  }

  @Test
  void what_was_lost_all_the_time_is_not_held_against_it() {
    start(DELAY, 0.05);
    sendAll();
    probe.onLost(100);
    probe.onLost(101);
    probe.onLost(102);
    receive(103, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertPassed);
  }

  @Test
  void one_that_arrives_after_all_is_not_lost() {
    start(DELAY, 0);
    sendAll();
    for (long each = 100; each < 102; each++) {
      probe.onLost(each);
    }
    receive(102, sequence - 1, DELAY);
    probe.onReceivedAfterAll(100, DELAY);
    probe.onReceivedAfterAll(101, DELAY);
    receive(sequence - 1, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertPassed);
  }

  @Test
  void without_anything_to_fill_it_with_it_is_unanswered() {
    start(DELAY, 0);
    for (long millis = 0; millis < 200; millis += 10) {
      probe.onSent(sequence++, 100, millis * MILLI);
    }
    probe.onTick(1_000 * MILLI);
    receive(100, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertUnanswered);
  }

  @Test
  void without_feedback_it_is_unanswered() {
    start(DELAY, 0);
    sendAll();
    probe.onTick(1_600 * MILLI);
    assertThat(probe.isRunning()).isTrue();
    probe.onTick(1_700 * MILLI);
    assertThat(probe.isRunning()).isFalse();
    assertThat(probe.takeOutcome()).hasValueSatisfying(ProbeRunTest::assertUnanswered);
  }

  private boolean mayHaveQueued(long carriedBps, long nowMillis) {
    return probe.mayHaveQueued(carriedBps, nowMillis * MILLI);
  }

  @Test
  void a_queue_may_be_its_own_while_it_runs_and_until_that_has_drained() {
    assertThat(mayHaveQueued(350_000, 0)).isFalse();
    start(DELAY, 0);
    assertThat(mayHaveQueued(350_000, 100)).isTrue();
    assertThat(mayHaveQueued(RateMeter.UNKNOWN, 100)).isTrue();
    sendAll();
    receive(100, sequence, DELAY + 51 * MILLI);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertFailed);
    assertThat(mayHaveQueued(350_000, 699)).isTrue();
    assertThat(mayHaveQueued(350_000, 700)).isFalse();
  }

  @Test
  void where_less_comes_through_than_was_sent_before_the_queue_is_not_its_own() {
    start(DELAY, 0);
    assertThat(mayHaveQueued(270_000, 100)).isTrue();
    assertThat(mayHaveQueued(269_000, 100)).isFalse();
  }

  @Test
  void what_one_sent_is_not_what_was_sent_before_the_next() {
    start(DELAY, 0);
    sendAll();
    receive(100, sequence, DELAY);
    assertThat(outcome()).hasValueSatisfying(ProbeRunTest::assertPassed);
    start(DELAY, 0, 400_000, 400);
    assertThat(mayHaveQueued(280_000, 500)).isTrue();
  }

  @Test
  void before_anything_is_known_of_what_was_sent_every_queue_may_be_its_own() {
    start(DELAY, 0, RateMeter.UNKNOWN, 0);
    assertThat(mayHaveQueued(1_000, 100)).isTrue();
  }
}

package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutstandingTest {
  private static final long MILLI = 1_000_000;
  private static final int BYTES = 1_000;

  private final SentPackets sent = new SentPackets();
  private final Outstanding outstanding = new Outstanding(sent);
  private int nextSequence = 65_530;
  private boolean queue;

  private long send(long nowMillis) {
    return send(nowMillis, BYTES);
  }

  private long send(long nowMillis, int wireBytes) {
    long sequence = sent.add(nextSequence++ & 0xFFFF, wireBytes, nowMillis * MILLI);
    outstanding.onSent(wireBytes);
    return sequence;
  }

  private void feedback(long nowMillis, long... told) {
    for (long each : told) {
      outstanding.onTold(each);
    }
    outstanding.onFeedbackEnd(!queue, nowMillis * MILLI);
  }

  private boolean isOverdue(long nowMillis) {
    return outstanding.isOverdue(nowMillis * MILLI);
  }

  /** A packet each 50 ms from 0 on, told of after so long, in turn. Returns the end. */
  private long answered(int packets, long... responsesMillis) {
    long nowMillis = 0;
    for (int i = 0; i < packets; i++) {
      long responseMillis = responsesMillis[i % responsesMillis.length];
      long sequence = send(nowMillis);
      feedback(nowMillis + responseMillis, sequence);
      nowMillis += Math.max(50, responseMillis);
    }
    return nowMillis;
  }

  @Test
  void the_first_feedback_leaves_what_was_sent_after_the_packet_that_it_tells_of() {
    send(0);
    send(1);
    long told = send(2);
    send(3, 300);
    send(4, 50);
    assertThat(outstanding.newestTold()).isEqualTo(SentPackets.UNKNOWN);
    feedback(60, told);
    assertThat(outstanding.bytes()).isEqualTo(350);
    assertThat(outstanding.newestTold()).isEqualTo(told);
  }

  @Test
  void what_is_told_of_and_all_that_was_sent_before_is_on_its_way_no_more() {
    feedback(50, send(0));
    assertThat(outstanding.bytes()).isZero();
    send(60, 100);
    long second = send(61, 200);
    long third = send(62, 400);
    assertThat(outstanding.bytes()).isEqualTo(700);
    feedback(110, second);
    assertThat(outstanding.bytes()).isEqualTo(400);
    feedback(120, third);
    assertThat(outstanding.bytes()).isZero();
  }

  @Test
  void a_long_silence_in_which_the_oldest_sizes_are_forgotten_leaves_nothing() {
    feedback(50, send(0));
    for (int i = 0; i < 200; i++) {
      send(100 + i, 1_100);
    }
    long last = SentPackets.UNKNOWN;
    for (int i = 0; i < SentPackets.CAPACITY; i++) {
      last = send(300 + 5L * i, 100);
    }
    feedback(60_000, last);
    assertThat(outstanding.bytes()).isZero();
  }

  @Test
  void feedback_on_an_older_packet_changes_nothing() {
    long older = send(0);
    long newer = send(1);
    send(2, 300);
    feedback(50, newer);
    feedback(55, older);
    assertThat(outstanding.newestTold()).isEqualTo(newer);
    assertThat(outstanding.bytes()).isEqualTo(300);
    assertThat(outstanding.responseNanos()).isEqualTo(49 * MILLI);
  }

  @Test
  void numbers_that_were_left_out_carry_nothing() {
    feedback(50, send(0));
    nextSequence += 3;
    long sequence = send(60, 300);
    assertThat(outstanding.bytes()).isEqualTo(300);
    feedback(110, sequence);
    assertThat(outstanding.bytes()).isZero();
  }

  @Test
  void the_response_is_the_quickest_of_the_last_half_second() {
    assertThat(outstanding.responseNanos()).isZero();
    answered(10, 70, 40, 90);
    assertThat(outstanding.responseNanos()).isEqualTo(40 * MILLI);
    long nowMillis = 2_000;
    for (int i = 0; i < 20; i++) {
      feedback(nowMillis + 80, send(nowMillis));
      nowMillis += 50;
    }
    assertThat(outstanding.responseNanos()).isEqualTo(80 * MILLI);
  }

  @Test
  void the_response_is_that_of_the_first_packet_that_feedback_tells_of() {
    long first = send(0);
    long last = send(40);
    feedback(100, first, last);
    assertThat(outstanding.responseNanos()).isEqualTo(100 * MILLI);
    assertThat(outstanding.roundTripNanos()).as("of the last").isEqualTo(60 * MILLI);
  }

  @Test
  void of_packets_that_no_feedback_names_the_oldest_has_waited_for_longest() {
    feedback(50, send(0));
    send(1_000);
    feedback(1_100, send(1_070));
    assertThat(outstanding.responseNanos()).isEqualTo(100 * MILLI);
  }

  @Test
  void the_round_trip_is_smoothed() {
    feedback(50, send(0));
    assertThat(outstanding.roundTripNanos()).isEqualTo(50 * MILLI);
    feedback(200, send(100));
    assertThat(outstanding.roundTripNanos()).isEqualTo(60 * MILLI);
  }

  @Test
  void feedback_is_overdue_fifty_milliseconds_after_the_quickest_response() {
    long nowMillis = answered(20, 60);
    send(nowMillis);
    send(nowMillis + 30);
    assertThat(isOverdue(nowMillis + 110)).isFalse();
    assertThat(isOverdue(nowMillis + 111)).isTrue();
  }

  @Test
  void it_is_the_oldest_packet_that_is_waited_for() {
    long nowMillis = answered(20, 60);
    long oldest = send(nowMillis);
    send(nowMillis + 30);
    feedback(nowMillis + 80, oldest);
    assertThat(isOverdue(nowMillis + 140)).isFalse();
    assertThat(isOverdue(nowMillis + 141)).isTrue();
  }

  /** One packet, and 19 that are not late 112 ms after it; it is overdue. Returns the first two. */
  private long[] overdueWithTwentyOnTheirWay(long nowMillis) {
    long first = send(nowMillis);
    long second = send(nowMillis + 60);
    for (int i = 0; i < 18; i++) {
      send(nowMillis + 60);
    }
    outstanding.onTick((nowMillis + 111) * MILLI);
    return new long[] {first, second};
  }

  @Test
  void feedback_that_tells_of_one_packet_of_many_leaves_it_overdue() {
    long nowMillis = answered(20, 60);
    long[] sent = overdueWithTwentyOnTheirWay(nowMillis);
    feedback(nowMillis + 112, sent[0]);
    assertThat(isOverdue(nowMillis + 112)).isTrue();
  }

  @Test
  void feedback_that_tells_of_two_of_them_ends_that() {
    long nowMillis = answered(20, 60);
    long[] sent = overdueWithTwentyOnTheirWay(nowMillis);
    feedback(nowMillis + 112, sent[1]);
    assertThat(isOverdue(nowMillis + 112)).isFalse();
  }

  @Test
  void who_was_overdue_with_little_on_its_way_is_in_time_again_though_more_follows() {
    long nowMillis = answered(20, 60);
    long lone = send(nowMillis);
    outstanding.onTick((nowMillis + 111) * MILLI);
    for (int i = 0; i < 19; i++) {
      send(nowMillis + 111);
    }
    feedback(nowMillis + 112, lone);
    assertThat(isOverdue(nowMillis + 112)).isFalse();
  }

  @Test
  void with_nothing_on_its_way_nothing_is_overdue() {
    assertThat(isOverdue(0)).isFalse();
    long nowMillis = answered(20, 60);
    assertThat(isOverdue(nowMillis + 10_000)).isFalse();
  }

  @Test
  void before_the_first_feedback_nothing_is_overdue() {
    send(0);
    assertThat(isOverdue(10_000)).isFalse();
    assertThat(outstanding.roundTripNanos()).isZero();
  }

  @Test
  void who_is_late_without_a_queue_is_given_half_as_much_again() {
    // Up to 50 ms later than the quickest
    long nowMillis = answered(40, 60, 110);
    send(nowMillis);
    assertThat(isOverdue(nowMillis + 60 + 75)).isFalse();
    assertThat(isOverdue(nowMillis + 60 + 76)).isTrue();
  }

  @Test
  void who_is_very_late_is_given_a_tenth_of_a_second_and_no_more() {
    long nowMillis = answered(40, 60, 260);
    send(nowMillis);
    assertThat(isOverdue(nowMillis + 60 + 100)).isFalse();
    assertThat(isOverdue(nowMillis + 60 + 101)).isTrue();
  }

  @Test
  void who_is_late_because_of_a_queue_is_given_no_more_time() {
    queue = true;
    long nowMillis = answered(40, 60, 110);
    send(nowMillis);
    assertThat(isOverdue(nowMillis + 60 + 50)).isFalse();
    assertThat(isOverdue(nowMillis + 60 + 51)).isTrue();
  }

  @Test
  void that_it_was_late_is_forgotten_after_some_seconds() {
    long nowMillis = answered(40, 60, 260);
    for (int i = 0; i < 100; i++) {
      feedback(nowMillis + 60, send(nowMillis));
      nowMillis += 50;
    }
    send(nowMillis);
    assertThat(isOverdue(nowMillis + 60 + 51)).isTrue();
  }
}

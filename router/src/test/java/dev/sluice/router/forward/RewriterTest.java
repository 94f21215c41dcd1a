package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.NtpTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RewriterTest {
  private static final long MILLI = 1_000_000;
  private static final long NTP = NtpTime.ofUnixNanos(1_795_364_400_000_000_000L);

  private final Rewriter rewriter = new Rewriter(90_000, 65_534, -100);
  private final SenderClock silent = new SenderClock(90_000);

  private static SenderClock clock(long ntpNanos, int rtpTimestamp) {
    SenderClock clock = new SenderClock(90_000);
    clock.onSenderReport(NTP + NtpTime.ofNanos(ntpNanos), rtpTimestamp, 0);
    return clock;
  }

  private void start(int ssrc, SenderClock clock, int sequence, int timestamp, long nowMillis) {
    rewriter.start(ssrc, clock, sequence, timestamp, nowMillis * MILLI);
    assertThat(map(sequence, timestamp, nowMillis)).isTrue();
  }

  private boolean map(int sequence, int timestamp, long nowMillis) {
    return rewriter.map(sequence & 0xFFFF, timestamp, nowMillis * MILLI);
  }

  @Test
  void the_first_packet_gets_the_given_numbers() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(rewriter.sequenceNumber()).isEqualTo(65_534);
    assertThat(rewriter.timestamp()).isEqualTo(-100);
    assertThat(rewriter.isFrom(1)).isTrue();
    assertThat(rewriter.isFrom(2)).isFalse();
  }

  @Test
  void numbers_go_on_over_every_wrap() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(map(1_003, 8_000, 33)).isTrue();
    assertThat(rewriter.sequenceNumber()).isEqualTo(1);
    assertThat(rewriter.timestamp()).isEqualTo(2_900);
  }

  @Test
  void late_packets_keep_the_numbers_they_would_have_had() {
    start(1, silent, 1_000, 5_000, 0);
    map(1_005, 8_000, 33);
    assertThat(map(1_002, 5_000, 34)).isTrue();
    assertThat(rewriter.sequenceNumber()).isZero();
    assertThat(rewriter.timestamp()).isEqualTo(-100);
  }

  @Test
  void packets_from_before_the_start_are_refused() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(map(999, 5_000, 1)).isFalse();
    start(2, silent, 7, 9_000, 100);
    assertThat(map(6, 9_000, 101)).isFalse();
    assertThat(rewriter.sequenceNumber()).isEqualTo(65_535);
  }

  @Test
  void a_switch_continues_behind_the_highest_number() {
    start(1, silent, 1_000, 5_000, 0);
    map(1_010, 8_000, 33);
    map(1_004, 5_000, 34);
    start(2, silent, 40_000, 77, 66);
    assertThat(rewriter.sequenceNumber()).isEqualTo((65_534 + 11) & 0xFFFF);
  }

  @Test
  void without_sender_reports_a_switch_advances_by_the_time_that_passed() {
    start(1, silent, 1_000, 5_000, 0);
    start(2, silent, 40_000, 77, 50);
    assertThat(rewriter.timestamp()).isEqualTo(-100 + 4_500);
  }

  @Test
  void sender_reports_give_a_switch_its_exact_time() {
    SenderClock low = clock(0, 5_000);
    SenderClock high = clock(0, -3_000_000);
    start(1, low, 1_000, 5_000, 0);
    // The packet of the picture taken 66.7 ms later arrives 90 ms later
    start(2, high, 40_000, -3_000_000 + 6_000, 90);
    assertThat(rewriter.timestamp()).isBetween(-100 + 5_999, -100 + 6_001);
  }

  @Test
  void a_key_frame_of_the_same_picture_comes_a_tick_later_and_that_does_not_add_up() {
    SenderClock low = clock(0, 5_000);
    SenderClock high = clock(0, 70_000);
    start(1, low, 1_000, 5_000, 0);
    int sequence = 0;
    for (int i = 1; i <= 50; i++) {
      int ticks = 3_000 * i;
      int before = rewriter.timestamp();
      start(2, high, sequence++, 70_000 + ticks, 33L * i);
      assertThat(rewriter.timestamp() - before).isPositive();
      start(1, low, sequence++, 5_000 + ticks, 33L * i);
      assertThat(rewriter.timestamp()).isBetween(-100 + ticks - 2, -100 + ticks + 3);
    }
  }

  @Test
  void a_clock_that_disagrees_with_the_time_that_passed_is_not_believed() {
    start(1, clock(0, 5_000), 1_000, 5_000, 0);
    start(2, clock(60_000 * MILLI, 0), 40_000, 0, 100);
    assertThat(rewriter.timestamp()).isEqualTo(-100 + 9_000);
  }

  @Test
  void a_pause_leaves_no_gap_in_the_numbers_and_its_length_in_the_timestamps() {
    start(1, silent, 1_000, 5_000, 0);
    start(1, silent, 1_300, 5_000 + 900_000, 10_020);
    assertThat(rewriter.sequenceNumber()).isEqualTo(65_535);
    assertThat(rewriter.timestamp()).isEqualTo(-100 + 900_000);
    start(1, silent, 1_500, 5_000 + 900_000 + 10, 3_610_020);
    assertThat(rewriter.timestamp())
        .as("the source stood still for an hour")
        .isEqualTo(-100 + 900_000 + 3600 * 90_000);
  }

  @Test
  void a_source_that_starts_over_continues_the_stream() {
    start(1, silent, 30_000, 5_000, 0);
    map(30_001, 5_000, 1);
    assertThat(rewriter.continues(1, 29_600)).isTrue();
    assertThat(rewriter.continues(1, 100)).isFalse();
    start(1, silent, 100, 9_000, 33);
    assertThat(rewriter.sequenceNumber()).isZero();
    assertThat(map(101, 9_000, 33)).isTrue();
    assertThat(rewriter.sequenceNumber()).isEqualTo(1);
  }

  @Test
  void what_is_left_out_leaves_no_gap() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(rewriter.leaveOut(1_001, 8_000)).isTrue();
    assertThat(rewriter.leaveOut(1_002, 8_000)).isTrue();
    assertThat(map(1_003, 11_000, 66)).isTrue();
    assertThat(rewriter.sequenceNumber()).isEqualTo(65_535);
    assertThat(rewriter.picturesLeftOut()).isEqualTo(1);
    assertThat(map(1_002, 8_000, 67)).as("left out before").isFalse();
    assertThat(rewriter.sourceSequence(65_534)).isEqualTo(1_000);
    assertThat(rewriter.sourceSequence(65_535)).isEqualTo(1_003);
    assertThat(rewriter.sourceSequence(0)).as("not sent yet").isEqualTo(-1);
  }

  @Test
  void a_packet_whose_number_is_waited_for_is_not_left_out() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(rewriter.leaveOut(1_003, 8_000)).isTrue();
    assertThat(map(1_004, 11_000, 66)).isTrue();
    assertThat(rewriter.sequenceNumber()).as("behind two that are lost").isEqualTo(1);
    assertThat(rewriter.leaveOut(1_001, 5_000)).isFalse();
    assertThat(map(1_001, 5_000, 67)).isTrue();
    assertThat(rewriter.sequenceNumber()).isEqualTo(65_535);
    assertThat(rewriter.picturesLeftOut()).isZero();
  }

  @Test
  void numbers_go_on_behind_what_was_left_out_last_and_what_is_waited_for() {
    start(1, silent, 1_000, 5_000, 0);
    assertThat(rewriter.leaveOut(1_002, 8_000)).isTrue();
    start(2, silent, 7, 9_000, 100);
    assertThat(rewriter.sequenceNumber()).isZero();
    assertThat(map(8, 12_000, 133)).isTrue();
    assertThat(rewriter.sequenceNumber()).isEqualTo(1);
  }

  @Test
  void every_number_sent_is_found_again_among_many_left_out() {
    start(1, silent, 1_000, 5_000, 0);
    Map<Integer, Integer> sent = new HashMap<>();
    Random random = new Random(5);
    int sequence = 1_000;
    for (int i = 0; i < 5_000; i++) {
      sequence += random.nextInt(10) == 0 ? 2 : 1;
      int timestamp = 5_000 + 3_000 * (i / 3);
      if (random.nextInt(3) == 0) {
        assertThat(rewriter.leaveOut(sequence & 0xFFFF, timestamp)).isTrue();
      } else {
        assertThat(map(sequence, timestamp, i)).isTrue();
        sent.put(rewriter.sequenceNumber(), sequence & 0xFFFF);
        assertThat(sent).as("seed 5, packet %d", i).hasSizeGreaterThan(i / 2);
      }
    }
    int last = rewriter.sequenceNumber();
    for (int back = 0; back < 250; back++) {
      int number = (last - back) & 0xFFFF;
      assertThat(rewriter.sourceSequence(number))
          .as("seed 5, number %d", number)
          .satisfiesAnyOf(
              found -> assertThat(found).isEqualTo(sent.get(number)),
              found -> assertThat(sent).doesNotContainKey(number));
    }
  }

  @Test
  void our_numbers_lead_back_to_those_of_the_source() {
    assertThat(rewriter.sourceSequence(0)).isEqualTo(-1);
    start(1, silent, 65_535, 5_000, 0);
    map(65_539, 8_000, 33);
    assertThat(rewriter.sourceSequence(65_533)).as("before the start").isEqualTo(-1);
    assertThat(rewriter.sourceSequence(65_534)).isEqualTo(65_535);
    assertThat(rewriter.sourceSequence(1)).isEqualTo(2);
    assertThat(rewriter.sourceSequence(2)).isEqualTo(3);
    assertThat(rewriter.sourceSequence(3)).as("not sent yet").isEqualTo(-1);
  }
}

package dev.sluice.router.pace;

import static dev.sluice.router.pace.PacerStage.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sluice.router.estimate.WireSize;
import dev.sluice.router.pace.PacerStage.Sent;
import dev.sluice.router.pace.PacerStage.Track;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final int WIRE_BYTES = WireSize.ofRtp(PacerStage.PACKET_BYTES);

  private final PacerStage stage = new PacerStage();
  private final Pacer pacer = stage.pacer;
  private final Track a = stage.track("a");
  private final Track b = stage.track("b");

  @Test
  void until_a_rate_is_set_nothing_waits() {
    a.send(SendClass.ENHANCEMENT, 10_000);
    assertThat(stage.sent).hasSize(10_000);
    assertThat(pacer.queueDelayNanos()).isZero();
  }

  @Test
  void a_packet_leaves_at_once_at_the_lowest_rate_and_one_on_credit() {
    pacer.setRate(30_000, stage.nowNanos);
    a.send(SendClass.BASE_VIDEO, 20);
    assertThat(stage.sent).hasSize(2);
  }

  @Test
  void ten_milliseconds_of_a_high_rate_leave_at_once() {
    pacer.setRate(20_000_000, stage.nowNanos);
    a.send(SendClass.BASE_VIDEO, 200);
    assertThat(stage.sent).hasSize(25_000 / WIRE_BYTES + 1);
  }

  @Test
  void what_waits_leaves_at_the_rate_and_in_its_order() {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO, 100);
    assertThat(stage.sent).isEmpty();
    assertThat(pacer.queueDelayNanos()).isEqualTo(100L * WIRE_BYTES * 8_000);
    stage.pass(500);
    assertThat(stage.sentBps(stage.sent, 500 * MILLI)).isBetween(980_000L, 1_020_000L);
    assertThat(stage.sent)
        .extracting(Sent::sequenceNumber)
        .isSorted()
        .startsWith(stage.sent.getFirst().sequenceNumber());
    stage.pass(500);
    assertThat(a.paced.isWaiting()).isFalse();
    assertThat(pacer.queueDelayNanos()).isZero();
  }

  @Test
  void a_worker_that_is_late_loses_nothing_of_the_rate() {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO, 200);
    for (int i = 0; i < 25; i++) {
      stage.nowNanos += 35 * MILLI;
      pacer.drain(stage.nowNanos);
    }
    assertThat(stage.sentBps(stage.sent, 25 * 35 * MILLI)).isBetween(960_000L, 1_020_000L);
  }

  @Test
  void what_a_full_path_held_back_does_not_leave_at_once() {
    stage.exhaust(a, 4_000_000);
    a.send(SendClass.BASE_VIDEO, 100);
    stage.full = true;
    stage.pass(200);
    assertThat(stage.sent).isEmpty();
    stage.full = false;
    pacer.drain(stage.nowNanos);
    assertThat(stage.sent).hasSize(5_000 / WIRE_BYTES + 1);
  }

  @Test
  void a_rate_that_is_changed_while_packets_wait_holds_at_once() {
    stage.exhaust(a, 200_000);
    a.send(SendClass.BASE_VIDEO, 60);
    stage.pass(100);
    assertThat(stage.sent).hasSizeLessThan(5);
    pacer.setRate(4_000_000, stage.nowNanos);
    stage.pass(150);
    assertThat(a.paced.isWaiting()).isFalse();
    a.send(SendClass.BASE_VIDEO);
    assertThat(a.paced.isWaiting()).isFalse();
  }

  @Test
  void what_matters_more_leaves_first() {
    stage.exhaust(a, 1_000_000);
    Track c = stage.track("c");
    a.send(SendClass.ENHANCEMENT, 3);
    b.send(SendClass.RETRANSMISSION, 2);
    c.send(SendClass.BASE_VIDEO, 2);
    stage.track("s").send(SendClass.AUDIO);
    stage.pass(100);
    assertThat(stage.order()).isEqualTo("sccbbaaa");
  }

  @Test
  void a_track_overtakes_others_but_never_itself() {
    stage.exhaust(a, 1_000_000);
    b.send(SendClass.ENHANCEMENT, 2);
    a.send(SendClass.ENHANCEMENT, 2);
    a.send(SendClass.BASE_VIDEO);
    a.send(SendClass.ENHANCEMENT);
    stage.pass(100);
    assertThat(stage.order()).isEqualTo("aaabba");
    assertThat(stage.sent.stream().filter(sent -> sent.track().equals("a")))
        .extracting(Sent::sequenceNumber)
        .isSorted();
  }

  @Test
  void frames_that_came_together_leave_one_after_the_other() {
    stage.exhaust(a, 1_000_000);
    for (int i = 0; i < 4; i++) {
      a.send(SendClass.BASE_VIDEO);
      b.send(SendClass.BASE_VIDEO);
    }
    stage.pass(100);
    assertThat(stage.order()).isEqualTo("aaaabbbb");
  }

  @Test
  void the_frame_that_has_waited_longest_leaves_first() {
    stage.exhaust(a, 1_000_000);
    b.send(SendClass.BASE_VIDEO, 10);
    stage.nowNanos += MILLI;
    a.send(SendClass.BASE_VIDEO, 2);
    stage.nowNanos += MILLI;
    b.send(SendClass.BASE_VIDEO, 2);
    stage.pass(200);
    assertThat(stage.order()).isEqualTo("bbbbbbbbbbaabb");
  }

  @Test
  void a_track_of_which_little_waits_does_not_wait_for_far_more_of_another() {
    sendTwoAfter(17);
    assertThat(stage.order()).isEqualTo("bb" + "a".repeat(17));
  }

  @Test
  void a_track_of_which_as_much_waits_waits_its_turn() {
    sendTwoAfter(16);
    assertThat(stage.order()).isEqualTo("a".repeat(16) + "bb");
  }

  /** Two packets of one track while so many of another wait. */
  private void sendTwoAfter(int waiting) {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO, waiting);
    stage.nowNanos += MILLI;
    b.send(SendClass.BASE_VIDEO, 2);
    stage.pass(500);
  }

  /** For two seconds, beside more video than there is room for. */
  private void soundIsNeverHeldUp(SendClass sendClass) {
    Track sound = stage.track("s");
    stage.exhaust(a, 1_000_000);
    for (int i = 0; i < 100; i++) {
      a.send(SendClass.BASE_VIDEO, 3);
      int before = stage.sent.size();
      sound.send(sendClass);
      assertThat(stage.sent).hasSize(before + 1);
      stage.pass(20);
    }
  }

  @Test
  void audio_never_waits_and_leaves_less_to_the_others() {
    soundIsNeverHeldUp(SendClass.AUDIO);
    assertThat(pacer.sendingBps(SendClass.AUDIO, stage.nowNanos)).isBetween(410_000L, 425_000L);
    assertThat(pacer.sendingBps(stage.nowNanos)).isBetween(980_000L, 1_020_000L);
  }

  @Test
  void audio_that_is_sent_again_never_waits_either_and_counts_by_itself() {
    soundIsNeverHeldUp(SendClass.AUDIO_RETRANSMISSION);
    assertThat(pacer.sendingBps(SendClass.AUDIO, stage.nowNanos)).isZero();
    assertThat(pacer.sendingBps(SendClass.AUDIO_RETRANSMISSION, stage.nowNanos))
        .isBetween(410_000L, 425_000L);
    assertThat(pacer.sendingBps(stage.nowNanos)).isBetween(980_000L, 1_020_000L);
  }

  @Test
  void more_audio_than_the_rate_holds_video_back_no_longer_than_a_burst() {
    pacer.setRate(500_000, stage.nowNanos);
    Track sound = stage.track("s");
    for (int i = 0; i < 200; i++) {
      sound.send(SendClass.AUDIO, 2);
      stage.pass(10);
    }
    b.send(SendClass.BASE_VIDEO);
    assertThat(b.paced.isWaiting()).isTrue();
    // 2500 bytes
    stage.pass(50);
    assertThat(b.paced.isWaiting()).isFalse();
  }

  @Test
  void a_track_that_has_waited_too_long_is_dropped_as_a_whole_and_others_go_on() {
    stage.exhaust(a, 50_000);
    int lastSent = a.nextSequence - 1;
    a.send(SendClass.ENHANCEMENT, 30);
    stage.pass(500);
    a.send(SendClass.ENHANCEMENT, 10);
    b.send(SendClass.BASE_VIDEO, 20);
    stage.pass(510);
    assertThat(a.overflows).containsExactly(new Unsent(lastSent + 3, 37, 37 * 988));
    assertThat(a.paced.isWaiting()).isFalse();
    assertThat(b.overflows).isEmpty();
    assertThat(b.paced.isWaiting()).isTrue();
    stage.pass(500);
    assertThat(b.overflows).hasSize(1);
  }

  @Test
  void a_picture_too_large_for_the_rate_comes_through_in_the_end() {
    pacer.setRate(200_000, stage.nowNanos);
    assertThat(comesThrough()).as("in a second").isFalse();
    assertThat(comesThrough()).as("in two").isFalse();
    assertThat(comesThrough()).as("in four").isTrue();
    assertThat(comesThrough()).as("in a second again").isFalse();
  }

  /** Whether a key frame does, that takes three seconds. */
  private boolean comesThrough() {
    int before = a.overflows.size();
    stage.exhaust(a);
    a.send(SendClass.BASE_VIDEO, 72);
    while (a.paced.isWaiting()) {
      stage.pass(10);
    }
    return a.overflows.size() == before;
  }

  @Test
  void when_there_is_no_room_what_matters_least_goes() {
    stage.exhaust(a, 50_000);
    a.send(SendClass.BASE_VIDEO, 300);
    b.send(SendClass.ENHANCEMENT, 200);
    assertThat(b.overflows).isEmpty();
    a.send(SendClass.BASE_VIDEO, 100);
    assertThat(b.overflows).hasSize(1);
    assertThat(a.overflows).isEmpty();
    a.send(SendClass.BASE_VIDEO, 200);
    assertThat(a.overflows).hasSize(1);
    b.send(SendClass.RETRANSMISSION, 600);
    assertThat(b.expired).as("75 of a wait still, and 524 have room").isEqualTo(151);
    assertThat(b.overflows).hasSize(1);
  }

  @Test
  void what_is_missing_of_base_video_leaves_before_newer_base_video() {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO, 2);
    b.send(SendClass.RETRANSMISSION);
    Track c = stage.track("c");
    c.send(SendClass.BASE_RETRANSMISSION);
    stage.pass(100);
    assertThat(stage.order()).isEqualTo("caab");
  }

  @Test
  void what_was_asked_for_before_it_leaves_with_it() {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO);
    b.send(SendClass.RETRANSMISSION);
    b.send(SendClass.BASE_RETRANSMISSION);
    b.send(SendClass.RETRANSMISSION);
    stage.pass(100);
    assertThat(stage.order()).isEqualTo("bbab");
  }

  @Test
  void a_retransmission_that_has_waited_too_long_goes_alone() {
    stage.exhaust(a, 50_000);
    a.send(SendClass.RETRANSMISSION);
    stage.nowNanos += 300 * MILLI;
    a.send(SendClass.RETRANSMISSION);
    stage.connected = false;
    stage.pass(720);
    assertThat(a.expired).isEqualTo(1);
    stage.connected = true;
    stage.pass(10);
    assertThat(stage.sent).hasSize(1);
    assertThat(a.overflows).isEmpty();
  }

  @Test
  void what_is_flushed_names_the_last_packet_that_was_sent() {
    Track wrapping = stage.track("w", 65_534);
    pacer.setRate(50_000, stage.nowNanos);
    wrapping.send(SendClass.BASE_VIDEO, 10);
    wrapping.send(SendClass.RETRANSMISSION, 2);
    assertThat(stage.sent).hasSize(2);
    assertThat(pacer.flush(wrapping.paced)).isEqualTo(new Unsent(65_535, 8, 8 * 988));
    assertThat(pacer.queueDelayNanos()).isZero();
    assertThat(pacer.flush(wrapping.paced)).isEqualTo(new Unsent(65_535, 0, 0));
    stage.pass(2_000);
    assertThat(stage.sent).hasSize(2);
  }

  @Test
  void a_late_packet_does_not_move_the_last_one_back() {
    pacer.setRate(100_000, stage.nowNanos);
    a.nextSequence = 5;
    a.send(SendClass.BASE_VIDEO);
    a.nextSequence = 4;
    a.send(SendClass.BASE_VIDEO);
    a.nextSequence = 6;
    stage.exhaust(b);
    a.send(SendClass.BASE_VIDEO);
    assertThat(pacer.flush(a.paced).lastSequenceNumber()).isEqualTo(5);
  }

  @Test
  void of_a_track_that_nothing_was_sent_of_the_numbers_start_over() {
    stage.exhaust(a, 50_000);
    Track wrapping = stage.track("w", 0);
    wrapping.send(SendClass.BASE_VIDEO, 3);
    assertThat(pacer.flush(wrapping.paced)).isEqualTo(new Unsent(65_535, 3, 3 * 988));
  }

  @Test
  void while_nothing_can_be_sent_packets_keep_waiting() {
    stage.exhaust(a, 1_000_000);
    a.send(SendClass.BASE_VIDEO, 3);
    stage.connected = false;
    stage.pass(500);
    assertThat(a.paced.isWaiting()).isTrue();
    stage.connected = true;
    stage.pass(50);
    assertThat(stage.sent).hasSize(3);
  }

  @Test
  void what_waits_can_be_sent_above_the_rate() {
    stage.exhaust(a, 50_000);
    a.send(SendClass.BASE_VIDEO, 10);
    assertThat(pacer.drainAtOnce(2_500, stage.nowNanos)).isEqualTo(3L * WIRE_BYTES);
    assertThat(stage.sent).hasSize(3);
    assertThat(pacer.drainAtOnce(50_000, stage.nowNanos)).isEqualTo(7L * WIRE_BYTES);
    assertThat(pacer.drainAtOnce(50_000, stage.nowNanos)).isZero();
  }

  @Test
  void what_is_sent_is_measured_by_class_over_a_second() {
    Track sound = stage.track("s");
    assertThat(pacer.sendingBps(stage.nowNanos)).isZero();
    assertThat(pacer.isMeasured(stage.nowNanos)).isFalse();
    for (int i = 0; i < 200; i++) {
      sound.send(SendClass.AUDIO);
      a.send(SendClass.BASE_VIDEO, 2);
      b.send(SendClass.PADDING, 5);
      stage.pass(10);
      long packetBps = WIRE_BYTES * 8L * 100;
      if (i >= 10) {
        String when = "after %d ms".formatted(10 * i);
        assertThat((double) pacer.sendingBps(SendClass.AUDIO, stage.nowNanos))
            .as(when)
            .isBetween(0.97 * packetBps, 1.03 * packetBps);
        assertThat((double) pacer.sendingBps(stage.nowNanos))
            .as(when)
            .isBetween(2.9 * packetBps, 3.1 * packetBps);
      }
      assertThat(pacer.isMeasured(stage.nowNanos)).isEqualTo(i >= 99);
    }
    stage.pass(2_000);
    assertThat(pacer.sendingBps(stage.nowNanos)).isZero();
    stage.nowNanos += 3_600_000 * MILLI;
    assertThat(pacer.sendingBps(SendClass.PADDING, stage.nowNanos)).isZero();
  }

  @Test
  void what_is_no_rtp_packet_is_refused() {
    pacer.setRate(50_000, stage.nowNanos);
    assertThatThrownBy(
            () -> pacer.queue(a.paced, SendClass.BASE_VIDEO, new byte[20], 0, 20, stage.nowNanos))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20 bytes");
  }

  @Test
  void a_packet_that_waits_allocates_nothing_once_warm() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    stage.recording = false;
    pacer.setRate(1_000_000, stage.nowNanos);
    congest();
    long sentBefore = stage.sentPackets;
    long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
    congest();
    long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
    long packets = stage.sentPackets - sentBefore;
    assertThat(packets).isGreaterThan(15_000);
    assertThat(a.overflows).isEmpty();
    assertThat(allocated / packets).isZero();
  }

  /** Two tracks fill the rate in bursts that wait. */
  private void congest() {
    for (int i = 0; i < 2_000; i++) {
      a.send(SendClass.BASE_VIDEO, 5);
      b.send(SendClass.BASE_VIDEO, 3);
      b.send(SendClass.ENHANCEMENT);
      b.send(SendClass.RETRANSMISSION);
      stage.pass(100);
    }
  }
}

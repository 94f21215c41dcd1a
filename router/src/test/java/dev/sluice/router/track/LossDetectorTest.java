package dev.sluice.router.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossDetectorTest {
  private static final long MILLI = 1_000_000;

  private final LossDetector detector = new LossDetector();
  private final int[] lost = new int[64];

  private int[] due(long nowMillis) {
    return Arrays.copyOf(lost, detector.due(nowMillis * MILLI, lost));
  }

  private boolean arrives(int sequence, long nowMillis) {
    return detector.onPacket(sequence & 0xFFFF, false, nowMillis * MILLI);
  }

  @Test
  void a_reordered_packet_is_not_asked_for() {
    arrives(10, 0);
    arrives(12, 0);
    assertThat(due(9)).isEmpty();
    assertThat(arrives(11, 9)).isTrue();
    assertThat(due(30)).isEmpty();
  }

  @Test
  void a_lost_packet_is_asked_for_once_per_round_trip() {
    arrives(10, 0);
    arrives(12, 0);
    assertThat(due(10)).containsExactly(11);
    for (int now = 11; now < 110; now += 10) {
      assertThat(due(now)).as("%d ms", now).isEmpty();
    }
    assertThat(due(110)).containsExactly(11);
    assertThat(detector.asked()).isEqualTo(2);
  }

  @Test
  void asking_ends_after_ten_tries() {
    arrives(12, 0);
    shortenRoundTrip();
    arrives(200, 0);
    int asked = 0;
    for (int now = 0; now < 2_000; now += 10) {
      asked += due(now).length;
    }
    assertThat(asked).isEqualTo(LossDetector.MAX_TRIES);
    assertThat(detector.missing()).isZero();
    assertThat(detector.abandoned()).isEqualTo(1);
  }

  private void shortenRoundTrip() {
    for (int sequence = 14; sequence < 200; sequence += 2) {
      arrives(sequence, 0);
      detector.due(10 * MILLI, lost);
      detector.onPacket(sequence - 1, true, 11 * MILLI);
    }
    assertThat(detector.rttNanos()).isEqualTo(LossDetector.MIN_RTT_NANOS);
  }

  @Test
  void asking_ends_after_a_second() {
    arrives(10, 0);
    arrives(12, 0);
    assertThat(due(1_001)).isEmpty();
    assertThat(detector.abandoned()).isEqualTo(1);
    assertThat(arrives(11, 1_002)).as("it may still come").isTrue();
  }

  @Test
  void numbers_are_asked_for_in_order_over_the_wrap() {
    arrives(65533, 0);
    arrives(3, 0);
    assertThat(due(10)).containsExactly(65534, 65535, 0, 1, 2);
  }

  @Test
  void what_has_no_room_is_asked_for_with_the_next_call() {
    arrives(0, 0);
    arrives(100, 0);
    assertThat(due(10)).hasSize(64).startsWith(1).endsWith(64);
    assertThat(due(10)).hasSize(35).startsWith(65).endsWith(99);
    assertThat(due(10)).isEmpty();
  }

  @Test
  void duplicates_are_told_apart_from_late_packets() {
    assertThat(arrives(10, 0)).isTrue();
    assertThat(arrives(10, 0)).isFalse();
    assertThat(arrives(12, 0)).isTrue();
    assertThat(arrives(11, 0)).isTrue();
    assertThat(arrives(11, 0)).isFalse();
    assertThat(detector.onPacket(11, true, 0)).isFalse();
  }

  @Test
  void the_round_trip_is_measured_by_the_answers() {
    arrives(10, 0);
    arrives(12, 0);
    assertThat(due(10)).containsExactly(11);
    assertThat(detector.onPacket(11, true, (10 + 180) * MILLI)).isTrue();
    assertThat(detector.rttNanos()).isEqualTo(110 * MILLI);
  }

  @Test
  void a_jump_is_not_asked_for() {
    arrives(10, 0);
    arrives(12, 0);
    assertThat(arrives(5_000, 1)).isTrue();
    assertThat(due(20)).isEmpty();
    assertThat(detector.abandoned()).isEqualTo(1);
  }

  @Test
  void one_packet_from_far_behind_is_dropped_and_two_are_a_new_start() {
    arrives(30_000, 0);
    assertThat(arrives(100, 0)).isFalse();
    assertThat(arrives(30_001, 0)).isTrue();
    assertThat(arrives(200, 0)).isFalse();
    assertThat(arrives(201, 0)).isTrue();
    assertThat(arrives(202, 0)).isTrue();
    assertThat(due(20)).isEmpty();
  }

  @Test
  void what_came_before_a_key_frame_is_not_asked_for() {
    arrives(10, 0);
    arrives(15, 0);
    arrives(18, 0);
    detector.forgetBefore(15);
    assertThat(due(10)).containsExactly(16, 17);
    assertThat(arrives(12, 10)).as("it may still come").isTrue();
    assertThat(detector.abandoned()).isZero();
  }

  @Test
  void random_loss_reordering_and_duplication_lose_and_double_nothing() {
    for (long seed = 0; seed < 30; seed++) {
      runAgainstModel(seed);
    }
  }

  private void runAgainstModel(long seed) {
    Random random = new Random(seed);
    LossDetector subject = new LossDetector();
    int first = random.nextInt(65536);
    Set<Integer> accepted = new HashSet<>();
    Map<Integer, Integer> asked = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 3_000; i++) {
      now += 3 * MILLI;
      int index = Math.max(0, i - (random.nextInt(5) == 0 ? random.nextInt(20) : 0));
      if (random.nextInt(10) != 0) {
        boolean fresh = subject.onPacket((first + index) & 0xFFFF, false, now);
        assertThat(fresh).as("seed %d packet %d", seed, index).isEqualTo(accepted.add(index));
      }
      int count = subject.due(now, lost);
      for (int k = 0; k < count; k++) {
        int missing = (lost[k] - first) & 0xFFFF;
        assertThat(accepted).as("seed %d", seed).doesNotContain(missing);
        assertThat(asked.merge(missing, 1, Integer::sum))
            .as("seed %d packet %d", seed, missing)
            .isLessThanOrEqualTo(LossDetector.MAX_TRIES);
        if (random.nextBoolean()) {
          accepted.add(missing);
          assertThat(subject.onPacket(lost[k], true, now)).as("seed %d", seed).isTrue();
        }
      }
      assertThat(subject.missing()).isBetween(0, LossDetector.WINDOW);
    }
  }
}

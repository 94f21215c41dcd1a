package dev.sluice.router.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.NetworkOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SentAudioTest {
  private static final long MILLI = 1_000_000;
  private static final long RTT = 50 * MILLI;
  private static final int OFFSET = 3;
  private static final int TAG_BYTES = 16;

  private final SentAudio sent = new SentAudio();
  private long nowNanos = 7_000 * MILLI;

  /** What a packet with this number may look like encrypted. */
  private static byte[] sealed(int sequenceNumber, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (sequenceNumber * 31));
    NetworkOrder.putShort(bytes, 2, sequenceNumber);
    return bytes;
  }

  private void keep(int sequenceNumber, int length) {
    byte[] buffer = new byte[OFFSET + length];
    System.arraycopy(sealed(sequenceNumber, length), 0, buffer, OFFSET, length);
    sent.keep(buffer, OFFSET, length - TAG_BYTES, length, sequenceNumber + 5, nowNanos);
  }

  private int take(int sequenceNumber) {
    return sent.take(sequenceNumber, RTT, nowNanos);
  }

  private void assertThatItIs(int slot, int sequenceNumber, int length) {
    assertThat(slot).as("the slot of %d", sequenceNumber).isNotNegative();
    int from = sent.offset(slot);
    assertThat(Arrays.copyOfRange(sent.buffer(), from, from + sent.length(slot)))
        .isEqualTo(sealed(sequenceNumber, length));
    assertThat(sent.plainLength(slot)).isEqualTo(length - TAG_BYTES);
    assertThat(sent.transportSequence(slot)).isEqualTo(sequenceNumber + 5);
  }

  @Test
  void a_packet_is_given_back_byte_for_byte() {
    keep(100, 120);
    keep(101, 140);

    assertThatItIs(take(100), 100, 120);
    assertThatItIs(take(101), 101, 140);
    assertThat(sent.unavailable()).isZero();
  }

  @Test
  void the_latest_are_there_across_the_wrap_around_of_numbers() {
    int first = 65_536 - SentAudio.PACKETS;
    for (int i = 0; i < SentAudio.PACKETS + 10; i++) {
      keep((first + i) & 0xFFFF, 100 + i);
    }

    assertThatItIs(take(65_535), 65_535, 100 + SentAudio.PACKETS - 1);
    assertThatItIs(take(9), 9, 100 + SentAudio.PACKETS + 9);
    assertThat(take(first + 9)).as("overwritten").isNegative();
    assertThat(take(first + 10)).isNotNegative();
  }

  @Test
  void a_number_that_was_never_sent_is_unavailable() {
    assertThat(take(0)).isNegative();
    keep(100, 120);
    assertThat(take(99)).isNegative();
    assertThat(take(100 + SentAudio.PACKETS)).isNegative();
    assertThat(sent.unavailable()).isEqualTo(3);
  }

  @Test
  void what_would_come_too_late_is_not_sent() {
    keep(100, 120);
    nowNanos += SentAudio.MAX_AGE_NANOS;
    assertThat(take(100)).isNotNegative();
    nowNanos++;
    assertThat(take(100)).isNegative();
    assertThat(sent.unavailable()).isEqualTo(1);
  }

  @Test
  void a_packet_goes_once_in_a_round_trip_and_three_times_at_most() {
    keep(100, 120);
    for (int i = 0; i < SentAudio.MAX_REPEATS; i++) {
      assertThat(take(100)).isNotNegative();
      nowNanos += RTT - 1;
      assertThat(take(100)).isNegative();
      nowNanos++;
    }
    assertThat(sent.tooSoon()).isEqualTo(SentAudio.MAX_REPEATS);

    assertThat(take(100)).isNegative();
    assertThat(sent.tooOften()).isEqualTo(1);
  }

  @Test
  void who_asks_for_everything_gets_no_more_again_than_was_sent() {
    int again = 0;
    int packets = 500;
    for (int i = 0; i < packets; i++) {
      nowNanos += 20 * MILLI;
      keep(i, 120);
      for (int asked = Math.max(0, i - SentAudio.PACKETS); asked <= i; asked++) {
        again += take(asked) >= 0 ? 1 : 0;
      }
    }
    assertThat(again).isEqualTo(packets + SentAudio.MAX_SAVED - 1);
    assertThat(sent.tooOften()).isPositive();
  }

  @Test
  void a_packet_that_is_too_long_is_not_kept() {
    keep(100, SentAudio.MAX_BYTES);
    keep(101, SentAudio.MAX_BYTES + 1);

    assertThatItIs(take(100), 100, SentAudio.MAX_BYTES);
    assertThat(take(101)).isNegative();
  }

  @Test
  void nothing_is_held_before_the_first_packet() {
    assertThat(sent.buffer()).isEmpty();
  }
}

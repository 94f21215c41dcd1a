package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentPacketsTest {
  private final SentPackets packets = new SentPackets();

  @Test
  void a_packet_is_found_across_the_wrap_around() {
    long first = packets.add(65_535, 100, 1);
    long second = packets.add(0, 200, 2);
    assertThat(second).isEqualTo(first + 1);
    assertThat(packets.find(65_535)).isEqualTo(first);
    assertThat(packets.find(0)).isEqualTo(second);
    assertThat(packets.wireBytes(second)).isEqualTo(200);
    assertThat(packets.sendNanos(second)).isEqualTo(2);
  }

  @Test
  void one_that_was_not_sent_is_unknown() {
    assertThat(packets.find(7)).isEqualTo(SentPackets.UNKNOWN);
    packets.add(10, 100, 0);
    assertThat(packets.find(11)).isEqualTo(SentPackets.UNKNOWN);
    assertThat(packets.find(9)).isEqualTo(SentPackets.UNKNOWN);
    assertThat(packets.find(40_000)).isEqualTo(SentPackets.UNKNOWN);
    packets.add(13, 100, 0);
    assertThat(packets.find(12)).isEqualTo(SentPackets.UNKNOWN);
    assertThat(packets.find(10)).isNotEqualTo(SentPackets.UNKNOWN);
  }

  @Test
  void the_oldest_are_forgotten() {
    for (int i = 0; i <= SentPackets.CAPACITY; i++) {
      packets.add(i, 100, i);
    }
    assertThat(packets.find(0)).isEqualTo(SentPackets.UNKNOWN);
    assertThat(packets.find(1)).isNotEqualTo(SentPackets.UNKNOWN);
  }

  @Test
  void what_is_told_of_a_packet_stays_with_it() {
    long one = packets.add(1, 0xFFFF, 0);
    assertThat(packets.isTold(one)).isFalse();
    packets.setLost(one);
    assertThat(packets.isTold(one)).isTrue();
    assertThat(packets.isReceived(one)).isFalse();
    packets.setReceived(one);
    assertThat(packets.isReceived(one)).isTrue();
    assertThat(packets.wireBytes(one)).isEqualTo(0xFFFF);
  }

  @Test
  void that_a_packet_was_sent_again_is_remembered_with_what_is_told_of_it() {
    long one = packets.add(1, 0xFFFF, 0);
    assertThat(packets.isSentAgain(one)).isFalse();
    packets.setSentAgain(one);
    assertThat(packets.isSentAgain(one)).isTrue();
    assertThat(packets.isTold(one)).isFalse();
    packets.setLost(one);
    assertThat(packets.isSentAgain(one)).isTrue();
    assertThat(packets.isTold(one)).isTrue();
    assertThat(packets.isReceived(one)).isFalse();
    assertThat(packets.wireBytes(one)).isEqualTo(0xFFFF);
    assertThat(packets.isSentAgain(packets.add(1, 100, 9))).isFalse();
  }

  @Test
  void a_number_that_comes_again_is_a_new_packet() {
    long first = packets.add(5, 100, 0);
    packets.setReceived(first);
    long again = packets.add(5, 300, 9);
    assertThat(again).isEqualTo(first + 0x1_0000);
    assertThat(packets.isTold(packets.find(5))).isFalse();
  }
}

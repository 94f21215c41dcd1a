package dev.sluice.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rtp.HexBytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RembTest {
  private final byte[] buffer = new byte[1500];
  private final RtcpCompound packets = new RtcpCompound();
  private final Remb remb = new Remb();

  private boolean read(byte[] bytes, int length) {
    packets.wrap(bytes, 0, length);
    assertThat(packets.next()).isTrue();
    return remb.wrap(packets);
  }

  /** By hand after the draft §2.2: 250000 * 2^2 of two sources. */
  @Test
  void reads_the_bitrate_and_its_sources() {
    byte[] bytes = HexBytes.of("8fce0006 00000001 00000000 52454d42 02 0bd090 11111111 fffffffe");
    assertThat(read(bytes, bytes.length)).isTrue();
    assertThat(remb.bitrateBps()).isEqualTo(1_000_000);
    assertThat(remb.ssrcCount()).isEqualTo(2);
    assertThat(remb.ssrc(0)).isEqualTo(0x11111111);
    assertThat(remb.ssrc(1)).isEqualTo(-2);
    assertThat(Remb.write(buffer, 0, 1, 1_000_000, 0x11111111, -2)).isEqualTo(bytes.length);
    // The same bitrate with as large a mantissa as fits
    assertThat(read(buffer, bytes.length)).isTrue();
    assertThat(remb.bitrateBps()).isEqualTo(1_000_000);
  }

  @Test
  void a_bitrate_past_what_a_long_holds_is_the_most_it_holds() {
    byte[] bytes = HexBytes.of("8fce0004 00000001 00000000 52454d42 00 ffffff");
    assertThat(read(bytes, bytes.length)).isTrue();
    assertThat(remb.bitrateBps()).isEqualTo(Long.MAX_VALUE);
    byte[] zero = HexBytes.of("8fce0004 00000001 00000000 52454d42 00 fc0000");
    assertThat(read(zero, zero.length)).isTrue();
    assertThat(remb.bitrateBps()).isZero();
  }

  @Test
  void random_bitrates_read_back_to_eighteen_bits() {
    long seed = 77;
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      long bitrate = random.nextLong() >>> (1 + random.nextInt(63));
      int[] ssrcs = random.ints(random.nextInt(5)).toArray();
      int length = Remb.write(buffer, 0, 9, bitrate, ssrcs);
      assertThat(read(buffer, length)).as("seed %d round %d", seed, round).isTrue();
      assertThat(remb.bitrateBps())
          .as("seed %d round %d", seed, round)
          .isBetween(bitrate - (bitrate >> 17), bitrate);
      for (int i = 0; i < ssrcs.length; i++) {
        assertThat(remb.ssrc(i)).as("seed %d round %d", seed, round).isEqualTo(ssrcs[i]);
      }
    }
  }

  @Test
  void what_is_no_remb_or_too_short_is_refused() {
    byte[] otherName = HexBytes.of("8fce0004 00000001 00000000 52454d43 00 000001");
    assertThat(read(otherName, otherName.length)).isFalse();
    byte[] oneSsrcMissing = HexBytes.of("8fce0005 00000001 00000000 52454d42 02 000001 11111111");
    assertThat(read(oneSsrcMissing, oneSsrcMissing.length)).isFalse();
    byte[] noBitrate = HexBytes.of("8fce0003 00000001 00000000 52454d42");
    assertThat(read(noBitrate, noBitrate.length)).isFalse();
    PictureLossIndication.write(buffer, 0, 1, 2);
    assertThat(read(buffer, PictureLossIndication.LENGTH)).isFalse();
  }

  @Test
  void what_can_not_be_written_is_refused() {
    assertThatThrownBy(() -> Remb.write(buffer, 0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
    int[] many = new int[256];
    Arrays.fill(many, 3);
    assertThatThrownBy(() -> Remb.write(buffer, 0, 1, 1, many))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

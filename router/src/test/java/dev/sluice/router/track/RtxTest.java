package dev.sluice.router.track;

import static dev.sluice.router.track.TestPackets.VIDEO_TYPE;
import static dev.sluice.router.track.TestPackets.bytesOf;
import static dev.sluice.router.track.TestPackets.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.RtpPacket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtxTest {
  @Test
  void a_retransmission_becomes_the_original_again() {
    RtpPacket original = packet(VIDEO_TYPE, 0x80000007, 65_535, -9, (byte) 1, (byte) 2);
    RtpPacket repeated = TestPackets.rtx(original, 8, 4);
    assertThat(Rtx.restore(repeated, 0x80000007, VIDEO_TYPE)).isTrue();
    assertThat(bytesOf(repeated)).isEqualTo(bytesOf(original));
  }

  @Test
  void a_probe_of_padding_carries_no_original() {
    RtpPacket empty = packet(TestPackets.RTX_TYPE, 8, 1, 1);
    assertThat(Rtx.restore(empty, 7, VIDEO_TYPE)).isFalse();
    RtpPacket numberOnly = packet(TestPackets.RTX_TYPE, 8, 1, 1, (byte) 0, (byte) 1);
    assertThat(Rtx.restore(numberOnly, 7, VIDEO_TYPE)).isFalse();
  }

  @Test
  void padding_of_the_retransmission_stays_padding() {
    byte[] bytes = TestPackets.hex("b0e10001000000010000000810000001010000001234aabb000003");
    RtpPacket repeated = TestPackets.wrapped(bytes);
    assertThat(Rtx.restore(repeated, 7, VIDEO_TYPE)).isTrue();
    assertThat(repeated.sequenceNumber()).isEqualTo(0x1234);
    assertThat(repeated.ssrc()).isEqualTo(7);
    assertThat(repeated.payloadType()).isEqualTo(VIDEO_TYPE);
    assertThat(repeated.marker()).isTrue();
    assertThat(repeated.payloadLength()).isEqualTo(2);
    assertThat(repeated.paddingLength()).isEqualTo(3);
    assertThat(repeated.buffer()[repeated.payloadOffset()]).isEqualTo((byte) 0xAA);
  }

  @Test
  void hostile_retransmissions_are_restored_or_refused_within_their_bounds() {
    long seed = 5;
    Random random = new Random(seed);
    RtpPacket packet = new RtpPacket();
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[12 + random.nextInt(40)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (0x80 | (bytes[0] & 0x31));
      if (packet.wrap(bytes, 0, bytes.length) && Rtx.restore(packet, 7, VIDEO_TYPE)) {
        assertThat(packet.offset()).as("seed %d round %d", seed, round).isEqualTo(2);
        assertThat(packet.offset() + packet.length()).isEqualTo(bytes.length);
        assertThat(packet.ssrc()).isEqualTo(7);
      }
    }
  }
}

package dev.sluice.rtp.red;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class RedPayloadTest {
  // By hand after RFC 2198 §3: two blocks of payload type 111, 1920 and 960 ticks old, of 3 and 2
  // bytes; then the primary one of 4
  private static final byte[] TWO_REDUNDANT =
      HexBytes.of("ef 1e0003", "ef 0f0002", "6f", "010203", "0405", "06070809");
  private static final byte[] PRIMARY_ONLY = HexBytes.of("6f 0a 0b");

  private final RedPayload payload = new RedPayload();

  private boolean wrap(byte[] bytes) {
    return payload.wrap(bytes, 0, bytes.length);
  }

  @Test
  void reads_the_blocks_with_the_primary_one_last() {
    assertThat(wrap(TWO_REDUNDANT)).isTrue();
    assertThat(payload.redundantBlocks()).isEqualTo(2);
    assertThat(payload.redundantPayloadType(0)).isEqualTo(111);
    assertThat(payload.redundantTimestampOffset(0)).isEqualTo(1920);
    assertThat(payload.redundantLength(0)).isEqualTo(3);
    assertThat(payload.redundantTimestampOffset(1)).isEqualTo(960);
    assertThat(payload.redundantLength(1)).isEqualTo(2);
    assertThat(payload.primaryPayloadType()).isEqualTo(111);
    assertThat(payload.primaryOffset()).isEqualTo(14);
    assertThat(payload.primaryLength()).isEqualTo(4);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> payload.redundantLength(2));
  }

  @Test
  void the_payload_type_of_every_block_can_be_rewritten() {
    byte[] bytes = TWO_REDUNDANT.clone();
    assertThat(payload.wrap(bytes, 0, bytes.length)).isTrue();
    payload.setPayloadTypes(96);
    assertThat(bytes)
        .isEqualTo(HexBytes.of("e0 1e0003", "e0 0f0002", "60", "010203", "0405", "06070809"));
    assertThat(payload.redundantPayloadType(1)).isEqualTo(96);
    assertThat(payload.primaryPayloadType()).isEqualTo(96);
  }

  @Test
  void a_primary_block_may_stand_alone_and_may_be_empty() {
    assertThat(wrap(PRIMARY_ONLY)).isTrue();
    assertThat(payload.redundantBlocks()).isZero();
    assertThat(payload.primaryPayloadType()).isEqualTo(111);
    assertThat(payload.primaryOffset()).isEqualTo(1);
    assertThat(payload.primaryLength()).isEqualTo(2);
    assertThat(wrap(HexBytes.of("6f"))).isTrue();
    assertThat(payload.primaryLength()).isZero();
  }

  @Test
  void cut_off_and_endless_block_lists_are_refused() {
    for (int length = 0; length < TWO_REDUNDANT.length - 4; length++) {
      assertThat(payload.wrap(TWO_REDUNDANT, 0, length)).as("%d bytes", length).isFalse();
    }
    assertThat(payload.wrap(TWO_REDUNDANT, 0, TWO_REDUNDANT.length - 4)).isTrue();
    byte[] endless = new byte[4 * 40];
    for (int i = 0; i < endless.length; i += 4) {
      endless[i] = (byte) 0xEF;
    }
    endless[4 * 31] = 0x6F;
    assertThat(wrap(endless)).isTrue();
    assertThat(payload.redundantBlocks()).isEqualTo(RedPayload.MAX_REDUNDANT_BLOCKS);
    endless[4 * 31] = (byte) 0xEF;
    endless[4 * 32] = 0x6F;
    assertThat(wrap(endless)).isFalse();
  }
}

package dev.sluice.rtp.red;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;

/** Redundant audio: the blocks fill the payload exactly. */
public final class RedPayloadFuzz {
  private RedPayloadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Region region = Region.of(input);
    RedPayload payload = new RedPayload();
    if (payload.wrap(region.buffer(), region.offset(), region.length())) {
      assertThat(payload.redundantBlocks()).isBetween(0, RedPayload.MAX_REDUNDANT_BLOCKS);
      int total = 4 * payload.redundantBlocks() + 1 + payload.primaryLength();
      for (int i = 0; i < payload.redundantBlocks(); i++) {
        assertThat(payload.redundantPayloadType(i)).isBetween(0, 127);
        assertThat(payload.redundantTimestampOffset(i)).isBetween(0, 0x3FFF);
        total += payload.redundantLength(i);
      }
      assertThat(total).isEqualTo(region.length());
      assertThat(payload.primaryOffset() + payload.primaryLength()).isEqualTo(region.end());
      assertThat(payload.primaryPayloadType()).isBetween(0, 127);
      assertThat(region.bytes()).isEqualTo(input);
      checkRewriting(payload, region);
    }
  }

  private static void checkRewriting(RedPayload payload, Region region) {
    int blocks = payload.redundantBlocks();
    int primary = payload.primaryOffset();
    payload.setPayloadTypes(99);
    assertThat(payload.wrap(region.buffer(), region.offset(), region.length())).isTrue();
    assertThat(payload.redundantBlocks()).isEqualTo(blocks);
    assertThat(payload.primaryOffset()).isEqualTo(primary);
    assertThat(payload.primaryPayloadType()).isEqualTo(99);
    for (int i = 0; i < blocks; i++) {
      assertThat(payload.redundantPayloadType(i)).isEqualTo(99);
    }
  }
}

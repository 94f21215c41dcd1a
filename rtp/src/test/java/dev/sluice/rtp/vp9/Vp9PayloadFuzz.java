package dev.sluice.rtp.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.video.VideoPayloadInvariants;
import dev.sluice.testkit.fuzz.Region;

/** The payload of a packet: all numbers in their ranges, nothing touched outside of it. */
public final class Vp9PayloadFuzz {
  private Vp9PayloadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Vp9Payload payload = new Vp9Payload();
    Region region = Region.of(input);
    if (VideoPayloadInvariants.check(payload, region)) {
      assertThat(payload.frameLength()).isBetween(1, region.length() - 1);
      assertThat(payload.frameOffset() + payload.frameLength()).isEqualTo(region.end());
      assertThat(payload.referenceCount()).isBetween(0, 3);
      for (int i = 0; i < payload.referenceCount(); i++) {
        assertThat(payload.reference(i)).isBetween(0, 127);
      }
      for (int layer = 0; layer <= payload.spatialLayers(); layer++) {
        assertThat(payload.layerWidth(layer)).isBetween(-1, 65535);
        assertThat(payload.layerHeight(layer)).isBetween(-1, 65535);
      }
    }
  }
}

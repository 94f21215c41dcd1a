package dev.sluice.rtp.vp8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.video.VideoPayloadInvariants;
import dev.sluice.testkit.fuzz.Region;

/** The payload of a packet: all numbers in their ranges, nothing touched outside of it. */
public final class Vp8PayloadFuzz {
  private Vp8PayloadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Vp8Payload payload = new Vp8Payload();
    Region region = Region.of(input);
    if (VideoPayloadInvariants.check(payload, region)) {
      assertThat(payload.frameLength()).isBetween(1, region.length() - 1);
      assertThat(payload.frameOffset() + payload.frameLength()).isEqualTo(region.end());
      assertThat(payload.partition()).isBetween(0, 7);
      assertThat(payload.keyIndex()).isBetween(-1, 31);
    }
  }
}

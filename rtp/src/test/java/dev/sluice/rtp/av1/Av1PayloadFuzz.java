package dev.sluice.rtp.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.video.VideoPayloadInvariants;
import dev.sluice.testkit.fuzz.Region;

/** The payload of a packet: all numbers in their ranges, nothing touched outside of it. */
public final class Av1PayloadFuzz {
  private Av1PayloadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Av1Payload payload = new Av1Payload();
    Region region = Region.of(input);
    if (VideoPayloadInvariants.check(payload, region)) {
      assertThat(payload.elementCount()).isBetween(1, region.length());
      assertThat(payload.spatialId()).isBetween(-1, 3);
      assertThat(payload.keyFrameWidth()).isNotZero();
      assertThat(payload.continued() && payload.startsKeyFrame()).isFalse();
    }
  }
}

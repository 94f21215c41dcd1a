package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.video.VideoPayloadInvariants;
import dev.sluice.testkit.fuzz.Region;

/** The payload of a packet: all numbers in their ranges, nothing touched outside of it. */
public final class H264PayloadFuzz {
  private H264PayloadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    H264Payload payload = new H264Payload();
    Region region = Region.of(input);
    if (VideoPayloadInvariants.check(payload, region)) {
      assertThat(payload.keyFrameWidth()).isBetween(-1, 16384).isNotZero();
      assertThat(payload.keyFrameHeight()).isBetween(-1, 16384).isNotZero();
      assertThat(payload.startsFrame()).isFalse();
    }
  }
}

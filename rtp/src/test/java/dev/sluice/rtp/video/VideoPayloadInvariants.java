package dev.sluice.rtp.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Region;

/** What holds for the payloads of all codecs. */
public final class VideoPayloadInvariants {
  private VideoPayloadInvariants() {}

  /**
   * Checks a payload, and that rewriting its numbers changes these and nothing else.
   *
   * @return whether it is well-formed; the payload is wrapped around the region then
   */
  public static boolean check(VideoPayload payload, Region region) {
    byte[] before = region.buffer().clone();
    if (!payload.wrap(region.buffer(), region.offset(), region.length())) {
      assertThat(region.buffer()).isEqualTo(before);
      return false;
    }
    assertThat(region.length()).isPositive();
    assertThat(payload.temporalId()).isBetween(-1, 7);
    assertThat(payload.spatialId()).isBetween(-1, 7);
    assertThat(payload.keyFrameWidth()).isBetween(-1, 65536);
    assertThat(payload.keyFrameHeight()).isBetween(-1, 65536);
    assertThat(payload.keyFrameWidth() == -1).isEqualTo(payload.keyFrameHeight() == -1);
    if (!payload.startsKeyFrame()) {
      assertThat(payload.keyFrameWidth()).isEqualTo(VideoPayload.ABSENT);
    }
    checkRewriting(payload, region, before);
    return true;
  }

  private static void checkRewriting(VideoPayload payload, Region region, byte[] before) {
    boolean startsKeyFrame = payload.startsKeyFrame();
    int temporalId = payload.temporalId();
    int pictureId = payload.pictureId();
    int tl0PicIdx = payload.tl0PicIdx();
    int width = payload.keyFrameWidth();
    assertThat(pictureId).isBetween(-1, 0x7FFF);
    assertThat(tl0PicIdx).isBetween(-1, 0xFF);

    payload.setPictureId(pictureId + 1);
    payload.setTl0PicIdx(tl0PicIdx + 1);
    if (pictureId == VideoPayload.ABSENT && tl0PicIdx == VideoPayload.ABSENT) {
      assertThat(region.buffer()).isEqualTo(before);
    }
    // The form of the descriptor is still the same, and the numbers are the new ones
    assertThat(payload.wrap(region.buffer(), region.offset(), region.length())).isTrue();
    assertThat(payload.startsKeyFrame()).isEqualTo(startsKeyFrame);
    assertThat(payload.temporalId()).isEqualTo(temporalId);
    assertThat(payload.keyFrameWidth()).isEqualTo(width);
    if (tl0PicIdx != VideoPayload.ABSENT) {
      assertThat(payload.tl0PicIdx()).isEqualTo((tl0PicIdx + 1) & 0xFF);
    }
    if (pictureId != VideoPayload.ABSENT) {
      assertThat(payload.pictureId()).isIn((pictureId + 1) & 0x7F, (pictureId + 1) & 0x7FFF);
    }

    payload.setPictureId(pictureId);
    payload.setTl0PicIdx(tl0PicIdx);
    assertThat(region.buffer()).isEqualTo(before);
  }
}

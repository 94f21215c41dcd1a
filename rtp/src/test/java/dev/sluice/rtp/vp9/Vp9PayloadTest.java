package dev.sluice.rtp.vp9;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class Vp9PayloadTest {
  // By hand after RFC 9628 §4.2. I, L, B, V; picture id 0x1234, TID 0 SID 0, TL0PICIDX 7; two
  // spatial layers of 480x270 and 960x540; a group of two pictures, the second with one reference
  private static final byte[] KEY_FRAME =
      HexBytes.of("aa 92 34 00 07", "38 01e0 010e 03c0 021c", "02 00 34 01", "82 49 83 42");
  // I, P, L, B, E; TID 2, U, SID 1, D
  private static final byte[] UPPER_LAYER = HexBytes.of("ec 92 35 53 08", "86 00");
  // I, P, L, F, B; picture id of 7 bits; TID 1; references 1 and 4 back
  private static final byte[] FLEXIBLE = HexBytes.of("f8 7f 20 03 08", "86");
  // B, E and the uncompressed header of a key frame of 640x360 in profile 0
  private static final byte[] PLAIN_KEY_FRAME = HexBytes.of("0c", "82 49 83 42 20 27f0 1670 00");

  private final Vp9Payload payload = new Vp9Payload();

  private boolean wrap(byte[] bytes) {
    return payload.wrap(bytes, 0, bytes.length);
  }

  @Test
  void reads_the_first_packet_of_a_key_frame_with_its_structure() {
    assertThat(wrap(KEY_FRAME)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.startsFrame()).isTrue();
    assertThat(payload.startsLayerFrame()).isTrue();
    assertThat(payload.endsLayerFrame()).isFalse();
    assertThat(payload.pictureId()).isEqualTo(0x1234);
    assertThat(payload.tl0PicIdx()).isEqualTo(7);
    assertThat(payload.temporalId()).isZero();
    assertThat(payload.spatialId()).isZero();
    assertThat(payload.spatialLayers()).isEqualTo(2);
    assertThat(payload.layerWidth(0)).isEqualTo(480);
    assertThat(payload.layerHeight(0)).isEqualTo(270);
    assertThat(payload.layerWidth(2)).isEqualTo(Vp9Payload.ABSENT);
    assertThat(payload.keyFrameWidth()).isEqualTo(960);
    assertThat(payload.keyFrameHeight()).isEqualTo(540);
    assertThat(payload.frameLength()).isEqualTo(4);
  }

  @Test
  void an_upper_spatial_layer_starts_no_frame_of_its_own() {
    assertThat(wrap(UPPER_LAYER)).isTrue();
    assertThat(payload.startsLayerFrame()).isTrue();
    assertThat(payload.startsFrame()).isFalse();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(payload.temporalId()).isEqualTo(2);
    assertThat(payload.spatialId()).isEqualTo(1);
    assertThat(payload.switchesUp()).isTrue();
    assertThat(payload.predictedFromLowerLayer()).isTrue();
    assertThat(payload.endsLayerFrame()).isTrue();
  }

  @Test
  void an_upper_layer_of_a_key_picture_is_no_start_for_a_decoder() {
    byte[] bytes = UPPER_LAYER.clone();
    bytes[0] &= (byte) ~0x40;
    assertThat(wrap(bytes)).isTrue();
    assertThat(payload.predictedFromEarlierPictures()).isFalse();
    assertThat(payload.startsKeyFrame()).isFalse();
  }

  @Test
  void the_flexible_mode_has_references_and_no_temporal_level_zero_index() {
    assertThat(wrap(FLEXIBLE)).isTrue();
    assertThat(payload.flexible()).isTrue();
    assertThat(payload.tl0PicIdx()).isEqualTo(Vp9Payload.ABSENT);
    assertThat(payload.pictureId()).isEqualTo(0x7F);
    assertThat(payload.referenceCount()).isEqualTo(2);
    assertThat(payload.reference(0)).isEqualTo(1);
    assertThat(payload.reference(1)).isEqualTo(4);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> payload.reference(2));
  }

  @Test
  void without_a_structure_the_size_comes_from_the_frame() {
    assertThat(wrap(PLAIN_KEY_FRAME)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.pictureId()).isEqualTo(Vp9Payload.ABSENT);
    assertThat(payload.temporalId()).isEqualTo(Vp9Payload.ABSENT);
    assertThat(payload.keyFrameWidth()).isEqualTo(640);
    assertThat(payload.keyFrameHeight()).isEqualTo(360);
  }

  @Test
  void a_key_frame_of_another_profile_has_no_size() {
    byte[] bytes = PLAIN_KEY_FRAME.clone();
    bytes[1] = (byte) 0xA2;
    assertThat(wrap(bytes)).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(Vp9Payload.ABSENT);
    assertThat(payload.keyFrameHeight()).isEqualTo(Vp9Payload.ABSENT);
  }

  @Test
  void numbers_are_rewritten_in_place() {
    byte[] bytes = KEY_FRAME.clone();
    assertThat(wrap(bytes)).isTrue();
    payload.setPictureId(0x8005);
    payload.setTl0PicIdx(0x1FF);
    assertThat(bytes).startsWith(HexBytes.of("aa 80 05 00 ff 38"));
    assertThat(payload.pictureId()).isEqualTo(5);

    byte[] shortId = FLEXIBLE.clone();
    assertThat(wrap(shortId)).isTrue();
    payload.setPictureId(0x1283);
    payload.setTl0PicIdx(9);
    assertThat(shortId).isEqualTo(HexBytes.of("f8 03 20 03 08 86"));
  }

  @Test
  void a_cut_off_descriptor_is_refused() {
    for (int length = 0; length <= KEY_FRAME.length - 4; length++) {
      assertThat(payload.wrap(KEY_FRAME, 0, length)).as("%d bytes", length).isFalse();
    }
    for (int length = 0; length < FLEXIBLE.length; length++) {
      assertThat(payload.wrap(FLEXIBLE, 0, length)).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void more_than_three_references_or_some_without_a_picture_id_are_refused() {
    assertThat(wrap(HexBytes.of("d8 01 03 03 02 86"))).isTrue();
    assertThat(wrap(HexBytes.of("d8 01 03 03 03 02 86"))).isFalse();
    assertThat(wrap(HexBytes.of("58 02 86"))).isFalse();
  }
}

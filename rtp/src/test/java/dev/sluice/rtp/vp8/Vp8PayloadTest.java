package dev.sluice.rtp.vp8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class Vp8PayloadTest {
  // By hand after RFC 7741 §4.2 and RFC 6386 §9.1, in the shape libwebrtc's VP8 packetizer writes:
  // X, I with 15 bits, L, T and K; a key frame of 960x540
  private static final byte[] KEY_FRAME =
      HexBytes.of("90 f0 81 23 45 00", "10 5d 0b 9d 01 2a c0 03 1c 02 00 07");
  private static final byte[] DELTA_FRAME = HexBytes.of("90 f0 81 24 46 a3", "11 02 00 01");
  private static final byte[] CONTINUATION = HexBytes.of("80 f0 81 23 45 00", "10 5d");
  private static final byte[] SHORT_PICTURE_ID = HexBytes.of("90 80 7f", "11 02 00");

  private final Vp8Payload payload = new Vp8Payload();

  private boolean wrap(byte[] bytes) {
    return payload.wrap(bytes, 0, bytes.length);
  }

  @Test
  void reads_the_first_packet_of_a_key_frame() {
    assertThat(wrap(KEY_FRAME)).isTrue();
    assertThat(payload.startOfPartition()).isTrue();
    assertThat(payload.partition()).isZero();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.pictureId()).isEqualTo(0x123);
    assertThat(payload.hasLongPictureId()).isTrue();
    assertThat(payload.tl0PicIdx()).isEqualTo(0x45);
    assertThat(payload.temporalId()).isZero();
    assertThat(payload.switchesUp()).isFalse();
    assertThat(payload.keyIndex()).isZero();
    assertThat(payload.keyFrameWidth()).isEqualTo(960);
    assertThat(payload.keyFrameHeight()).isEqualTo(540);
    assertThat(payload.frameOffset()).isEqualTo(6);
    assertThat(payload.frameLength()).isEqualTo(12);
  }

  @Test
  void reads_a_delta_frame_of_a_temporal_layer() {
    assertThat(wrap(DELTA_FRAME)).isTrue();
    assertThat(payload.startsFrame()).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(payload.temporalId()).isEqualTo(2);
    assertThat(payload.switchesUp()).isTrue();
    assertThat(payload.keyIndex()).isEqualTo(3);
    assertThat(payload.keyFrameWidth()).isEqualTo(Vp8Payload.ABSENT);
  }

  @Test
  void a_later_packet_of_a_key_frame_starts_nothing() {
    assertThat(wrap(CONTINUATION)).isTrue();
    assertThat(payload.startsFrame()).isFalse();
    assertThat(payload.startsKeyFrame()).isFalse();
  }

  @Test
  void a_descriptor_of_one_byte_has_no_numbers() {
    assertThat(wrap(HexBytes.of("10 00"))).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameHeight()).isEqualTo(Vp8Payload.ABSENT);
    assertThat(payload.pictureId()).isEqualTo(Vp8Payload.ABSENT);
    assertThat(payload.tl0PicIdx()).isEqualTo(Vp8Payload.ABSENT);
    assertThat(payload.temporalId()).isEqualTo(Vp8Payload.ABSENT);
    assertThat(payload.keyIndex()).isEqualTo(Vp8Payload.ABSENT);
  }

  @Test
  void numbers_are_rewritten_in_place() {
    byte[] bytes = KEY_FRAME.clone();
    assertThat(wrap(bytes)).isTrue();
    payload.setPictureId(0x7FFF);
    payload.setTl0PicIdx(0xFF);
    assertThat(bytes).startsWith(HexBytes.of("90 f0 ff ff ff 00 10"));
    payload.setPictureId(0x8001);
    assertThat(payload.pictureId()).isEqualTo(1);
    assertThat(payload.hasLongPictureId()).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
  }

  @Test
  void a_picture_id_of_seven_bits_stays_one() {
    byte[] bytes = SHORT_PICTURE_ID.clone();
    assertThat(wrap(bytes)).isTrue();
    assertThat(payload.pictureId()).isEqualTo(127);
    payload.setPictureId(0x1234);
    assertThat(payload.hasLongPictureId()).isFalse();
    assertThat(payload.pictureId()).isEqualTo(0x34);
    assertThat(bytes).endsWith(HexBytes.of("11 02 00"));
  }

  @Test
  void rewriting_what_is_not_there_changes_nothing() {
    byte[] bytes = HexBytes.of("10 00 01 02");
    assertThat(wrap(bytes)).isTrue();
    payload.setPictureId(99);
    payload.setTl0PicIdx(99);
    assertThat(bytes).isEqualTo(HexBytes.of("10 00 01 02"));
  }

  @Test
  void a_descriptor_without_a_frame_behind_it_is_refused() {
    for (int length = 0; length <= 6; length++) {
      assertThat(payload.wrap(KEY_FRAME, 0, length)).as("%d bytes", length).isFalse();
    }
    assertThat(payload.wrap(KEY_FRAME, 0, 7)).isTrue();
    assertThat(wrap(HexBytes.of("10"))).isFalse();
    assertThat(wrap(HexBytes.of("90 80 ff 01"))).isFalse();
  }
}

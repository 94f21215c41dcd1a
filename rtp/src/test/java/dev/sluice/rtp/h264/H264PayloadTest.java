package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class H264PayloadTest {
  // By hand after ITU-T H.264 §7.3.2.1.1: baseline, 40x23 macroblocks, 8 rows cropped
  private static final String SPS_640X360 = "67 42c01fe5405017fca8";
  // High profile with a scaling list, picture order count type 1, fields: 120x68 macroblocks
  private static final String SPS_1920X1080 = "67 640028adffff80a6f280f0089fb4";
  private static final String PPS = "68 ce3880";

  // RFC 6184 §5.7.1: SPS, PPS and an IDR slice in one packet
  private static final byte[] AGGREGATE =
      HexBytes.of("78", "000a", SPS_640X360, "0004", PPS, "0003 65 8840");
  private static final byte[] IDR_FRAGMENT = HexBytes.of("7c 85 8840 11");
  private static final byte[] IDR_LATER_FRAGMENT = HexBytes.of("7c 05 8840 11");
  private static final byte[] SLICE = HexBytes.of("41 9a 02");
  private static final byte[] NON_REFERENCE_SLICE = HexBytes.of("01 9a 02");

  private final H264Payload payload = new H264Payload();

  private boolean wrap(byte[] bytes) {
    return payload.wrap(bytes, 0, bytes.length);
  }

  private boolean wrap(String... hex) {
    return wrap(HexBytes.of(hex));
  }

  @Test
  void an_aggregate_with_parameter_sets_starts_a_key_frame_and_tells_its_size() {
    assertThat(wrap(AGGREGATE)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(640);
    assertThat(payload.keyFrameHeight()).isEqualTo(360);
    assertThat(payload.discardable()).isFalse();
    assertThat(payload.temporalId()).isEqualTo(H264Payload.ABSENT);
    assertThat(payload.pictureId()).isEqualTo(H264Payload.ABSENT);
  }

  @Test
  void a_parameter_set_alone_starts_a_key_frame() {
    assertThat(wrap(SPS_1920X1080)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(1920);
    assertThat(payload.keyFrameHeight()).isEqualTo(1080);
  }

  @Test
  void the_first_fragment_of_an_idr_picture_starts_a_key_frame_of_unknown_size() {
    assertThat(wrap(AGGREGATE)).isTrue();
    assertThat(wrap(IDR_FRAGMENT)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(H264Payload.ABSENT);
    assertThat(wrap(IDR_LATER_FRAGMENT)).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
  }

  @Test
  void a_later_slice_of_an_idr_picture_starts_nothing() {
    assertThat(wrap("65 88 40")).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(wrap("65 42 40")).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(wrap("65")).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
  }

  @Test
  void slices_that_nothing_refers_to_are_discardable() {
    assertThat(wrap(SLICE)).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(payload.discardable()).isFalse();
    assertThat(wrap(NON_REFERENCE_SLICE)).isTrue();
    assertThat(payload.discardable()).isTrue();
    assertThat(wrap("1c 81 9a 02")).isTrue();
    assertThat(payload.discardable()).isTrue();
  }

  @Test
  void a_size_that_contradicts_itself_is_none() {
    // As SPS_640X360, with more cropped at the bottom than there is
    assertThat(wrap("67 42c01fe5405017fc05ca")).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(H264Payload.ABSENT);
    assertThat(wrap("67 42c01fe5")).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameHeight()).isEqualTo(H264Payload.ABSENT);
  }

  @Test
  void emulation_prevention_bytes_are_left_out() {
    // The constraint flags and the level are zero: 00 00 03 and two bits of the next byte
    assertThat(wrap("67 42 0000 03 e5405017fca8")).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(640);
    assertThat(payload.keyFrameHeight()).isEqualTo(360);
  }

  @Test
  void cut_off_units_and_those_of_other_modes_are_refused() {
    assertThat(wrap("")).isFalse();
    assertThat(wrap("e5 88")).isFalse();
    assertThat(wrap("60")).isFalse();
    assertThat(wrap("7e 00")).isFalse();
    assertThat(wrap("79 0001 00 00")).isFalse();
    assertThat(wrap("78")).isFalse();
    assertThat(wrap("78 00")).isFalse();
    assertThat(wrap("78 0000")).isFalse();
    assertThat(wrap("78 0002 67")).isFalse();
    assertThat(wrap("7c 85")).isFalse();
    assertThat(wrap("7c c5 88")).isFalse();
  }
}

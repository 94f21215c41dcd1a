package dev.sluice.rtp.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class Av1PayloadTest {
  // By hand after the AV1 specification §5.5.1: two operating points, 960x540
  private static final String SEQUENCE = "08 00130340404b33dfc36000";
  // With timing, a decoder model and display delays, 1280x720
  private static final String TIMED_SEQUENCE =
      "08 04000000040000007ba4000000052980000b00c034ea67fd9e";

  // W = 2, N; the sequence header with its length, a frame of TID 0 and SID 0 without
  private static final byte[] KEY_FRAME = HexBytes.of("28", "0c", SEQUENCE, "34 00 10 20 30 40");
  // W = 0: two elements with lengths; Y
  private static final byte[] LAYERED = HexBytes.of("40", "04 34 50 01 02", "03 34 48 05");
  // Z, W = 1: goes on from the packet before
  private static final byte[] CONTINUATION = HexBytes.of("90", "ff ff ff");

  private final Av1Payload payload = new Av1Payload();

  private boolean wrap(byte[] bytes) {
    return payload.wrap(bytes, 0, bytes.length);
  }

  private boolean wrap(String... hex) {
    return wrap(HexBytes.of(hex));
  }

  @Test
  void a_new_coded_video_sequence_starts_a_key_frame_and_tells_its_size() {
    assertThat(wrap(KEY_FRAME)).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.startsFrame()).isTrue();
    assertThat(payload.elementCount()).isEqualTo(2);
    assertThat(payload.keyFrameWidth()).isEqualTo(960);
    assertThat(payload.keyFrameHeight()).isEqualTo(540);
    assertThat(payload.temporalId()).isZero();
    assertThat(payload.spatialId()).isZero();
    assertThat(payload.continued()).isFalse();
    assertThat(payload.continues()).isFalse();
  }

  @Test
  void sequence_headers_of_every_shape_tell_their_size() {
    assertThat(wrap("18", TIMED_SEQUENCE)).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(1280);
    assertThat(payload.keyFrameHeight()).isEqualTo(720);
    assertThat(wrap("18", "08 19557f7c")).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(64);
    assertThat(payload.keyFrameHeight()).isEqualTo(32);
    assertThat(wrap("18", "08 0013")).isTrue();
    assertThat(payload.startsKeyFrame()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(Av1Payload.ABSENT);
  }

  @Test
  void layers_are_those_of_the_first_header_with_an_extension() {
    assertThat(wrap(LAYERED)).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(payload.elementCount()).isEqualTo(2);
    assertThat(payload.temporalId()).isEqualTo(2);
    assertThat(payload.spatialId()).isEqualTo(2);
    assertThat(payload.continues()).isTrue();
    assertThat(payload.keyFrameWidth()).isEqualTo(Av1Payload.ABSENT);
  }

  @Test
  void what_continues_an_element_is_no_header() {
    assertThat(wrap(CONTINUATION)).isTrue();
    assertThat(payload.continued()).isTrue();
    assertThat(payload.temporalId()).isEqualTo(Av1Payload.ABSENT);
    assertThat(payload.elementCount()).isEqualTo(1);
  }

  @Test
  void a_repeated_sequence_header_starts_no_key_frame_without_the_bit() {
    byte[] bytes = KEY_FRAME.clone();
    bytes[0] = 0x20;
    assertThat(wrap(bytes)).isTrue();
    assertThat(payload.startsKeyFrame()).isFalse();
    assertThat(payload.keyFrameWidth()).isEqualTo(Av1Payload.ABSENT);
  }

  @Test
  void a_start_that_goes_on_from_before_is_refused() {
    assertThat(wrap("98 34 00")).isFalse();
  }

  @Test
  void elements_that_are_cut_off_or_too_few_are_refused() {
    assertThat(wrap("")).isFalse();
    assertThat(wrap("10")).isFalse();
    assertThat(wrap("00 05 30 00")).isFalse();
    assertThat(wrap("00 80 80 80 80 80 80 80 80 00")).isFalse();
    assertThat(wrap("00 ff ff ff ff ff ff ff 7f 30")).isFalse();
    assertThat(wrap("00 80")).isFalse();
    assertThat(wrap("20 01 30")).isFalse();
    assertThat(wrap("00 00")).isFalse();
    assertThat(wrap("10 b0")).isFalse();
    assertThat(wrap("10 34")).isFalse();
  }
}

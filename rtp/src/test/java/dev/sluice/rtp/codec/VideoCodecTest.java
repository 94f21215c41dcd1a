package dev.sluice.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rtp.HexBytes;
import org.junit.jupiter.api.Test;

class VideoCodecTest {
  @Test
  void a_codec_is_known_by_its_encoding_name_in_any_case() {
    for (VideoCodec codec : VideoCodec.values()) {
      assertThat(VideoCodec.ofEncodingName(codec.name())).contains(codec);
    }
    assertThat(VideoCodec.ofEncodingName("vp9")).contains(VideoCodec.VP9);
    assertThat(VideoCodec.ofEncodingName("rtx")).isEmpty();
  }

  @Test
  void each_codec_reads_a_key_frame_of_its_own() {
    assertStartsKeyFrame(VideoCodec.VP8, "10 50 00 00");
    assertStartsKeyFrame(VideoCodec.VP9, "0c 82");
    assertStartsKeyFrame(VideoCodec.H264, "65 88");
    assertStartsKeyFrame(VideoCodec.AV1, "18 30 00");
  }

  private static void assertStartsKeyFrame(VideoCodec codec, String hex) {
    byte[] bytes = HexBytes.of(hex);
    var payload = codec.newPayload();
    assertThat(payload.wrap(bytes, 0, bytes.length)).as("%s", codec).isTrue();
    assertThat(payload.startsKeyFrame()).as("%s", codec).isTrue();
  }
}

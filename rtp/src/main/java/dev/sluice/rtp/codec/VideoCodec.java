package dev.sluice.rtp.codec;

import dev.sluice.rtp.av1.Av1Payload;
import dev.sluice.rtp.h264.H264Payload;
import dev.sluice.rtp.video.VideoPayload;
import dev.sluice.rtp.vp8.Vp8Payload;
import dev.sluice.rtp.vp9.Vp9Payload;
import java.util.Locale;
import java.util.Optional;

/** A video codec. The name of each constant is its encoding name in {@code a=rtpmap}. */
public enum VideoCodec {
  VP8,
  VP9,
  H264,
  AV1;

  /** The codec with an encoding name of any case (RFC 8866 §6.6), or empty for another one. */
  public static Optional<VideoCodec> ofEncodingName(String name) {
    String upperCase = name.toUpperCase(Locale.ROOT);
    for (VideoCodec codec : values()) {
      if (codec.name().equals(upperCase)) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  /** A new flyweight over payloads of this codec. */
  public VideoPayload newPayload() {
    return switch (this) {
      case VP8 -> new Vp8Payload();
      case VP9 -> new Vp9Payload();
      case H264 -> new H264Payload();
      case AV1 -> new Av1Payload();
    };
  }
}

package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.MediaType;
import java.util.List;
import java.util.OptionalInt;

/** The formats that each video codec comes in, with their payload types in our own offers. */
final class VideoFormats {
  private static final List<SupportedCodec> VP8 = List.of(format("VP8", "", 96));

  /** Profile 0 is the one that every decoder has. */
  private static final List<SupportedCodec> VP9 = List.of(format("VP9", "profile-id=0", 98));

  /**
   * One for each profile, those that most decoders have first: a payload type must mean one
   * configuration in the whole BUNDLE group (RFC 9143 §9.1).
   */
  private static final List<SupportedCodec> H264 =
      List.of(
          format("H264", H264Format.parameters("42e01f"), 102),
          format("H264", H264Format.parameters("42001f"), 104),
          format("H264", H264Format.parameters("4d001f"), 106),
          format("H264", H264Format.parameters("640c1f"), 108),
          format("H264", H264Format.parameters("64001f"), 112));

  /** AV1 RTP specification §7.2.1: the values that are meant where none are given. */
  private static final List<SupportedCodec> AV1 =
      List.of(format("AV1", "level-idx=5;profile=0;tier=0", 45));

  private VideoFormats() {}

  /** The formats of a codec, the preferred one first. */
  static List<SupportedCodec> of(VideoCodec codec) {
    return switch (codec) {
      case VP8 -> VP8;
      case VP9 -> VP9;
      case H264 -> H264;
      case AV1 -> AV1;
    };
  }

  private static SupportedCodec format(String name, String parameters, int payloadType) {
    return new SupportedCodec(
        MediaType.VIDEO,
        name,
        90_000,
        1,
        parameters,
        List.of("transport-cc", "ccm fir", "nack", "nack pli"),
        payloadType,
        OptionalInt.of(payloadType + 1),
        OptionalInt.empty());
  }
}

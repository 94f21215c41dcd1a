package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A format that the router forwards: a codec with its parameters.
 *
 * @param channels audio channels in the rtpmap; 1 for video
 * @param parameters our fmtp line, empty for none
 * @param feedback the rtcp-fb values we speak
 * @param payloadType in our own offers
 * @param rtxPayloadType of its retransmissions (RFC 4588) in our own offers; empty for none
 * @param redPayloadType of redundant packets whose blocks are all of this codec (RFC 2198) in our
 *     own offers; empty for none
 */
public record SupportedCodec(
    MediaType type,
    String name,
    int clockRateHz,
    int channels,
    String parameters,
    List<String> feedback,
    int payloadType,
    OptionalInt rtxPayloadType,
    OptionalInt redPayloadType) {
  /** The generic NACK of RFC 4585 §6.2.1. */
  static final String NACK = "nack";

  public SupportedCodec {
    feedback = List.copyOf(feedback);
  }

  /** Whether both sides of such a description understand each other. */
  boolean matches(Codec codec) {
    return codec.name().equalsIgnoreCase(name)
        && codec.clockRateHz() == clockRateHz
        && codec.channels() == channels
        && parametersMatch(codec);
  }

  private boolean parametersMatch(Codec codec) {
    return switch (name) {
      // RFC 9628 §6.1: without profile-id it is 0.
      case "VP9" -> same("profile-id", "0", codec);
      // AV1 RTP specification §7.2.1: without profile it is 0. Level and tier say what a receiver
      // can take, not what the packets are.
      case "AV1" -> same("profile", "0", codec);
      case "H264" ->
          H264Format.of(offered())
              .flatMap(ours -> H264Format.of(codec).filter(ours::understands))
              .isPresent();
      default -> true;
    };
  }

  private boolean same(String parameter, String inferred, Codec codec) {
    return codec
        .parameter(parameter)
        .orElse(inferred)
        .equals(offered().parameter(parameter).orElse(inferred));
  }

  /**
   * This codec as a publisher sends it, who has described it so. Of H.264 the level is its own: a
   * subscriber decides by it.
   */
  SupportedCodec asSentBy(Codec publisher) {
    return H264Format.of(publisher)
        .filter(_ -> name.equals("H264"))
        .map(format -> with(H264Format.parameters(format.profileLevelId()), redPayloadType))
        .orElse(this);
  }

  SupportedCodec withoutRed() {
    return with(parameters, OptionalInt.empty());
  }

  private SupportedCodec with(String otherParameters, OptionalInt otherRed) {
    return new SupportedCodec(
        type,
        name,
        clockRateHz,
        channels,
        otherParameters,
        feedback,
        payloadType,
        rtxPayloadType,
        otherRed);
  }

  /**
   * As our own offers describe it. Audio has nack there only (RFC 4585 §4.2): what a subscriber
   * misses is sent again as it was, but no publisher is asked for audio, whose in-band FEC heals a
   * single loss without the round trip.
   */
  Codec offered() {
    List<String> offered =
        switch (type) {
          case AUDIO -> Stream.concat(feedback.stream(), Stream.of(NACK)).toList();
          case VIDEO, OTHER -> feedback;
        };
    return new Codec(payloadType, name, clockRateHz, channels, parameters, offered);
  }

  /** The retransmission format of our own offers. */
  Optional<Codec> offeredRtx() {
    return rtxPayloadType.isPresent()
        ? Optional.of(rtx(rtxPayloadType.getAsInt(), payloadType))
        : Optional.empty();
  }

  /** The redundant format of our own offers. */
  Optional<Codec> offeredRed() {
    return redPayloadType.isPresent()
        ? Optional.of(red(redPayloadType.getAsInt(), payloadType))
        : Optional.empty();
  }

  Codec rtx(int rtxPayloadType, int apt) {
    return new Codec(rtxPayloadType, "rtx", clockRateHz, 1, "apt=" + apt, List.of());
  }

  /** One redundant block of the same codec before the primary one, as browsers do it. */
  Codec red(int redPayloadType, int block) {
    return new Codec(redPayloadType, "red", clockRateHz, channels, block + "/" + block, List.of());
  }

  /** Whether a format is RED with this codec, in {@code block}, as its blocks. */
  boolean isRed(Codec codec, int block) {
    String each = Integer.toString(block);
    return codec.name().equalsIgnoreCase("red")
        && codec.clockRateHz() == clockRateHz
        && codec.channels() == channels
        && !codec.parameters().isEmpty()
        && List.of(codec.parameters().split("/")).stream().allMatch(each::equals);
  }
}

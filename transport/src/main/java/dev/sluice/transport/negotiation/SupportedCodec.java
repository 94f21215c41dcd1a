package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Codec;
import dev.sluice.transport.sdp.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A codec the router forwards.
 *
 * @param channels audio channels in the rtpmap; 1 for video
 * @param parameters our fmtp line, empty for none
 * @param feedback the rtcp-fb values we speak
 * @param payloadType in our own offers
 * @param rtxPayloadType of its retransmissions (RFC 4588) in our own offers; empty for none
 */
public record SupportedCodec(
    MediaType type,
    String name,
    int clockRateHz,
    int channels,
    String parameters,
    List<String> feedback,
    int payloadType,
    OptionalInt rtxPayloadType) {
  public SupportedCodec {
    feedback = List.copyOf(feedback);
  }

  boolean matches(Codec codec) {
    return codec.name().equalsIgnoreCase(name)
        && codec.clockRateHz() == clockRateHz
        && codec.channels() == channels;
  }

  /** This codec in a description, with {@code payloadType} and part of our feedback. */
  Codec described(int payloadType, List<String> feedback) {
    return new Codec(payloadType, name, clockRateHz, channels, parameters, feedback);
  }

  Codec offered() {
    return described(payloadType, feedback);
  }

  /** The retransmission format of our own offers. */
  Optional<Codec> offeredRtx() {
    return rtxPayloadType.isPresent()
        ? Optional.of(rtx(rtxPayloadType.getAsInt(), payloadType))
        : Optional.empty();
  }

  Codec rtx(int rtxPayloadType, int apt) {
    return new Codec(rtxPayloadType, "rtx", clockRateHz, 1, "apt=" + apt, List.of());
  }
}

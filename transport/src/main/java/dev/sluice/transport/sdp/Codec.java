package dev.sluice.transport.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One payload format of an m-section: its rtpmap, fmtp and rtcp-fb lines together.
 *
 * @param payloadType 0 to 127
 * @param name the encoding name as written; compared without regard to case
 * @param clockRateHz RTP clock
 * @param channels audio channels; 1 where the rtpmap names none
 * @param parameters the fmtp line's text, empty without one
 * @param feedback the rtcp-fb lines' text, for example {@code nack pli}
 */
public record Codec(
    int payloadType,
    String name,
    int clockRateHz,
    int channels,
    String parameters,
    List<String> feedback) {
  public Codec {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type %d".formatted(payloadType));
    }
    feedback = List.copyOf(feedback);
  }

  /** The value of one parameter of the fmtp line, as {@code apt} in {@code apt=96}. */
  public Optional<String> parameter(String wanted) {
    for (String parameter : parameters.split(";")) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase(wanted)) {
        return Optional.of(parameter.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** Whether this is the retransmission format (RFC 4588 §8) of {@code payloadType}. */
  public boolean retransmits(int payloadType) {
    return name.equalsIgnoreCase("rtx")
        && parameter("apt").filter(Integer.toString(payloadType)::equals).isPresent();
  }
}

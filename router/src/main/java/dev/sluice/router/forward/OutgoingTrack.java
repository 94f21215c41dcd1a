package dev.sluice.router.forward;

import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was negotiated with a subscriber for one track.
 *
 * @param video the codec of a video; empty for audio
 * @param ssrc of our packets
 * @param payloadType of our packets, 0 to 127
 * @param rtxSsrc of our retransmissions; empty when the subscriber takes none
 * @param rtxPayloadType of our retransmissions; empty exactly when {@code rtxSsrc} is
 * @param redPayloadType of our redundant packets (RFC 2198); empty when the subscriber takes none
 * @param clockRateHz of the codec's timestamps
 * @param extensionIds those the subscriber accepted
 */
public record OutgoingTrack(
    Optional<VideoCodec> video,
    int ssrc,
    int payloadType,
    OptionalInt rtxSsrc,
    OptionalInt rtxPayloadType,
    OptionalInt redPayloadType,
    int clockRateHz,
    ExtensionIds extensionIds) {
  public OutgoingTrack {
    if (rtxSsrc.isPresent() != rtxPayloadType.isPresent()) {
      throw new IllegalArgumentException("RTX with only one of SSRC and payload type");
    }
    if (clockRateHz <= 0) {
      throw new IllegalArgumentException("clock rate " + clockRateHz + " Hz");
    }
  }
}

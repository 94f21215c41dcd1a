package dev.sluice.router.forward;

import dev.sluice.rtp.extension.ExtensionIds;
import java.util.OptionalInt;

/**
 * What was negotiated with a subscriber for one track.
 *
 * @param ssrc of our packets
 * @param payloadType of our packets, 0 to 127
 * @param rtxSsrc of our retransmissions; empty when the subscriber takes none
 * @param rtxPayloadType of our retransmissions; empty exactly when {@code rtxSsrc} is
 * @param clockRateHz of the codec's timestamps
 * @param extensionIds those the subscriber accepted
 */
public record OutgoingTrack(
    int ssrc,
    int payloadType,
    OptionalInt rtxSsrc,
    OptionalInt rtxPayloadType,
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

package dev.sluice.router.live;

import dev.sluice.rtp.extension.ExtensionIds;
import java.util.OptionalInt;

/**
 * A track that a peer has agreed to receive.
 *
 * @param enabled whether packets are forwarded, or the subscription holds this medium back
 * @param rtxPayloadType of retransmissions; empty when the peer takes none
 * @param rtxSsrc of retransmissions; empty exactly when {@code rtxPayloadType} is
 */
public record SubscribedTrack(
    TrackKey key,
    String streamId,
    boolean enabled,
    String mid,
    int payloadType,
    int ssrc,
    OptionalInt rtxPayloadType,
    OptionalInt rtxSsrc,
    int clockRateHz,
    ExtensionIds extensionIds,
    String cname) {}

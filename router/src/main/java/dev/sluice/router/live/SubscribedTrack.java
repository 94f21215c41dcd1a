package dev.sluice.router.live;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.forward.OutgoingTrack;

/**
 * A track that a peer has agreed to receive.
 *
 * @param codec its name in SDP
 * @param enabled whether packets are forwarded, or the subscription holds this medium back
 * @param preference which layer of a video the peer would like
 * @param terms how a video may be adapted to the peer's network
 */
public record SubscribedTrack(
    TrackKey key,
    String streamId,
    String codec,
    boolean enabled,
    LayerPreference preference,
    VideoTerms terms,
    OutgoingTrack outgoing,
    String cname) {
  int ssrc() {
    return outgoing.ssrc();
  }
}

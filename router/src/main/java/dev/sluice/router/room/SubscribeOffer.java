package dev.sluice.router.room;

import java.util.List;

/**
 * An offer for a peer's subscribe PeerConnection.
 *
 * @param revision grows by one with each
 * @param peerConnection counts the peer's subscribe PeerConnections from 1: a larger one than in
 *     the offer before is that of a new one
 * @param tracks the m-sections that carry media
 */
public record SubscribeOffer(
    int revision, int peerConnection, String sdp, List<SubscribeSection> tracks) {
  public SubscribeOffer {
    tracks = List.copyOf(tracks);
  }
}

package dev.sluice.session.media;

import java.util.List;

/**
 * An offer for a client's subscribe PeerConnection.
 *
 * @param revision grows by one with each
 * @param peer counts the client's subscribe PeerConnections from 1: a larger one than before means
 *     a new PeerConnection
 */
public record SubscribeOffer(int revision, int peer, String sdp, List<SubscribedTrack> tracks) {
  public SubscribeOffer {
    tracks = List.copyOf(tracks);
  }
}

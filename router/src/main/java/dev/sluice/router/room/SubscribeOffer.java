package dev.sluice.router.room;

import java.util.List;

/**
 * An offer for a peer's subscribe PeerConnection.
 *
 * @param revision grows by one with each
 * @param tracks the m-sections that carry media
 */
public record SubscribeOffer(int revision, String sdp, List<SubscribeSection> tracks) {
  public SubscribeOffer {
    tracks = List.copyOf(tracks);
  }
}

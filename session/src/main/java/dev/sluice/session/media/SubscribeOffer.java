package dev.sluice.session.media;

import java.util.List;

/** An offer for a client's subscribe PeerConnection. {@code revision} grows by one with each. */
public record SubscribeOffer(int revision, String sdp, List<SubscribedTrack> tracks) {
  public SubscribeOffer {
    tracks = List.copyOf(tracks);
  }
}

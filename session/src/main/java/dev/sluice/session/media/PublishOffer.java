package dev.sluice.session.media;

import java.util.List;

/** The offer of a client's publish PeerConnection: all its streams at once. */
public record PublishOffer(String sdp, List<OfferedTrack> tracks) {
  public PublishOffer {
    tracks = List.copyOf(tracks);
  }
}

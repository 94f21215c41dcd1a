package dev.sluice.transport.negotiation;

import java.util.List;

/**
 * An offer to a client.
 *
 * @param revision grows by one with each offer, from 1
 * @param tracks the sections that carry media, in their order
 */
public record SubscriptionOffer<K>(int revision, String sdp, List<SentTrack<K>> tracks) {
  public SubscriptionOffer {
    tracks = List.copyOf(tracks);
  }
}

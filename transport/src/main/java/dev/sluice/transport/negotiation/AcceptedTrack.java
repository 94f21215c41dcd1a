package dev.sluice.transport.negotiation;

import java.util.Map;

/**
 * A track the client takes.
 *
 * @param rtx whether retransmissions may go in the track's RTX payload type
 * @param red whether packets may go in the codec's RED payload type too
 * @param extensionIds those the client kept, by URI
 */
public record AcceptedTrack<K>(
    SentTrack<K> track, boolean rtx, boolean red, Map<String, Integer> extensionIds) {
  public AcceptedTrack {
    extensionIds = Map.copyOf(extensionIds);
  }
}

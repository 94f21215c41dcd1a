package dev.sluice.transport.negotiation;

import dev.sluice.transport.RemoteParameters;
import java.util.List;
import java.util.Optional;

/**
 * What came of an offer to a client.
 *
 * @param remote empty only when the client rejected every section
 * @param accepted tracks that were offered, are taken and were not removed meanwhile
 * @param refused tracks the client doesn't take; the negotiation has forgotten them
 */
public record SubscriptionAnswer<K>(
    Optional<RemoteParameters> remote,
    List<AcceptedTrack<K>> accepted,
    List<SentTrack<K>> refused) {
  public SubscriptionAnswer {
    accepted = List.copyOf(accepted);
    refused = List.copyOf(refused);
  }
}

package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.MediaType;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A header extension we take from publishers and perhaps send to subscribers.
 *
 * @param types in sections of which media
 * @param offeredId the id in our own offers, 1 to 14; empty where we don't send it
 */
public record SupportedExtension(String uri, Set<MediaType> types, OptionalInt offeredId) {
  public SupportedExtension {
    types = Set.copyOf(types);
    if (offeredId.isPresent() && (offeredId.getAsInt() < 1 || offeredId.getAsInt() > 14)) {
      throw new IllegalArgumentException("extension id %d".formatted(offeredId.getAsInt()));
    }
  }
}

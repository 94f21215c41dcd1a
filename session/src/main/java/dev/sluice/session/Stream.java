package dev.sluice.session;

import java.time.Instant;
import java.util.List;

/** A published set of tracks as others see it. A change of a property makes a new value. */
public record Stream(
    StreamId id,
    ConnectionId connectionId,
    StreamDescription description,
    List<String> layoutClasses,
    Instant createdAt) {
  public Stream {
    layoutClasses = List.copyOf(layoutClasses);
  }
}

package dev.sluice.session;

import java.util.Optional;
import java.util.UUID;

/** Names a {@link Stream}. */
public record StreamId(UUID value) {
  /** Reads the dashed form; empty for anything else. */
  public static Optional<StreamId> parse(String text) {
    return Uuids.parse(text).map(StreamId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

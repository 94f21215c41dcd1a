package dev.sluice.session;

import java.util.Optional;
import java.util.UUID;

/** Names a {@link Connection}. */
public record ConnectionId(UUID value) {
  /** Reads the dashed form; empty for anything else. */
  public static Optional<ConnectionId> parse(String text) {
    return Uuids.parse(text).map(ConnectionId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

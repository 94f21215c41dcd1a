package dev.sluice.session;

import java.util.Optional;
import java.util.UUID;

/** Names an {@link Application}. */
public record ApplicationId(UUID value) {
  /** Reads the dashed form; empty for anything else. */
  public static Optional<ApplicationId> parse(String text) {
    return Uuids.parse(text).map(ApplicationId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

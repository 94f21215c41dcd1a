package dev.sluice.session;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Strict reading of dashed UUIDs: {@link UUID#fromString} takes shorter groups too. */
final class Uuids {
  private static final Pattern DASHED =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Uuids() {}

  static Optional<UUID> parse(String text) {
    return DASHED.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}

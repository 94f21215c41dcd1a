package dev.sluice.store;

import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;

/**
 * How choices are written in the database. The same words are in the checks of the migrations; a
 * renamed constant must not change them.
 */
final class SqlNames {
  private SqlNames() {}

  static String of(MediaMode mode) {
    return switch (mode) {
      case ROUTED -> "routed";
      case RELAYED -> "relayed";
    };
  }

  static MediaMode mediaMode(String name) {
    return switch (name) {
      case "routed" -> MediaMode.ROUTED;
      case "relayed" -> MediaMode.RELAYED;
      default -> throw new IllegalStateException("media mode '" + name + "' in the database");
    };
  }

  static String of(ArchiveMode mode) {
    return switch (mode) {
      case MANUAL -> "manual";
      case ALWAYS -> "always";
    };
  }

  static ArchiveMode archiveMode(String name) {
    return switch (name) {
      case "manual" -> ArchiveMode.MANUAL;
      case "always" -> ArchiveMode.ALWAYS;
      default -> throw new IllegalStateException("archive mode '" + name + "' in the database");
    };
  }
}

package dev.sluice.server.doctor;

import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import dev.sluice.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The data directory and the database. */
final class Storage {
  private static final long MIB = 1024L * 1024;
  private static final long LITTLE_SPACE = 1024 * MIB;
  private static final long NO_SPACE = 64 * MIB;

  private Storage() {}

  static Stream<Finding> examine(StoreSettings settings) {
    List<Finding> findings = new ArrayList<>();
    if (settings instanceof StoreSettings.Sqlite(Path directory)) {
      findings.add(directory(directory.toAbsolutePath()));
    }
    findings.add(database(settings));
    return findings.stream();
  }

  private static Finding directory(Path directory) {
    Path existing = directory;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
        return Finding.fail(
            "data directory",
            existing.equals(directory)
                ? directory + " is no directory that this user may write"
                : "%s cannot be made in %s".formatted(directory, existing),
            "give it to the server's user, or choose another");
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String message =
          "%s %s, %d MiB are free"
              .formatted(
                  directory,
                  existing.equals(directory) ? "is writable" : "can be made",
                  free / MIB);
      if (free < NO_SPACE) {
        return Finding.fail(
            "data directory", message, "make room: sessions cannot be created without");
      }
      return free < LITTLE_SPACE
          ? Finding.warn("data directory", message, "make room before it is full")
          : Finding.ok("data directory", message);
    } catch (IOException e) {
      return Finding.fail(
          "data directory",
          "%s cannot be looked at (%s)".formatted(directory, e.getMessage()),
          "give it to the server's user, or choose another");
    }
  }

  private static Finding database(StoreSettings settings) {
    try {
      Store.probe(settings);
      return Finding.ok(
          "database",
          switch (settings) {
            case StoreSettings.Sqlite _ -> "SQLite, readable or to be made";
            case StoreSettings.PostgreSql _ -> "PostgreSQL answers";
          });
    } catch (StoreUnavailableException e) {
      return Finding.fail("database", e.fault().message(), "");
    }
  }
}

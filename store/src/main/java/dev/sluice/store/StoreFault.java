package dev.sluice.store;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Why a store cannot be opened, told so that an operator can do something about it. */
public sealed interface StoreFault {
  /** What is wrong and what to do. */
  String message();

  /**
   * Another server holds the data directory.
   *
   * @param processId of that server, if it could be read
   */
  record DirectoryInUse(Path directory, OptionalLong processId) implements StoreFault {
    @Override
    public String message() {
      String who = processId.isPresent() ? " (process " + processId.getAsLong() + ")" : "";
      return "The data directory %s is in use by another Sluice server%s: stop that one or choose another directory"
          .formatted(directory, who);
    }
  }

  /** The data directory is not there and cannot be made, or cannot be written. */
  record DirectoryUnusable(Path directory, String reason) implements StoreFault {
    @Override
    public String message() {
      return "The data directory %s cannot be used (%s): the server must be able to create files in it"
          .formatted(directory, reason);
    }
  }

  /** It is there and is not a database of this server, or is damaged. */
  record DatabaseUnusable(String database, String reason) implements StoreFault {
    @Override
    public String message() {
      return "The database %s cannot be opened: %s".formatted(database, reason);
    }
  }

  /** A newer version of the server has changed the schema. */
  record DatabaseTooNew(String database) implements StoreFault {
    @Override
    public String message() {
      return "The database %s belongs to a newer version of Sluice: start that version, or restore a backup from before the upgrade"
          .formatted(database);
    }
  }

  /** Nothing that could be a PostgreSQL server answers at the address. */
  record DatabaseUnreachable(String database, String reason) implements StoreFault {
    @Override
    public String message() {
      return "The database %s cannot be reached (%s): check that PostgreSQL runs there and lets this machine in"
          .formatted(database, reason);
    }
  }

  /** PostgreSQL refused the user, the password or the database's name. */
  record DatabaseRefused(String database, String reason) implements StoreFault {
    @Override
    public String message() {
      return "The database %s refused the connection (%s): check its name, the user and the password"
          .formatted(database, reason);
    }
  }
}

package dev.sluice.store;

import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a server keeps: the SQLite database {@code sluice.db} in its data directory, which one
 * server at a time may have open, or a PostgreSQL database. What a call has stored survives a crash
 * of the machine. Any thread.
 */
public final class Store implements AutoCloseable {
  private static final String FILE = "sluice.db";

  private final Database database;
  private final Runnable release;
  private final ApplicationRepository applications;
  private final SessionRepository sessions;

  private Store(Database database, Runnable release) {
    this.database = database;
    this.release = release;
    applications = new SqlApplications(database);
    sessions = new SqlSessions(database);
  }

  /**
   * Opens the database, after creating what is missing, and brings its schema up to date.
   *
   * @throws StoreUnavailableException when another server uses the directory, or it or the database
   *     cannot be used
   */
  public static Store open(StoreSettings settings) throws StoreUnavailableException {
    return switch (settings) {
      case StoreSettings.Sqlite(Path directory) -> openSqlite(directory);
      case StoreSettings.PostgreSql postgreSql ->
          new Store(PostgreSqlPool.open(postgreSql), () -> {});
    };
  }

  /**
   * Finds out whether the database can be had, and changes nothing; also beside a running server.
   * An SQLite database that is not there yet is no fault.
   *
   * @throws StoreUnavailableException when it cannot be had
   */
  public static void probe(StoreSettings settings) throws StoreUnavailableException {
    switch (settings) {
      case StoreSettings.Sqlite(Path directory) -> SqliteFile.probe(directory.resolve(FILE));
      case StoreSettings.PostgreSql postgreSql -> PostgreSqlPool.probe(postgreSql);
    }
  }

  private static Store openSqlite(Path directory) throws StoreUnavailableException {
    DirectoryLock lock = DirectoryLock.take(directory);
    boolean opened = false;
    try {
      Store store = new Store(SqliteFile.open(directory.resolve(FILE)), () -> release(lock));
      opened = true;
      return store;
    } finally {
      if (!opened) {
        release(lock);
      }
    }
  }

  public ApplicationRepository applications() {
    return applications;
  }

  public SessionRepository sessions() {
    return sessions;
  }

  /** Closes the database and lets the directory go; idempotent. Later calls fail. */
  @Override
  public void close() {
    try {
      database.close();
    } finally {
      release.run();
    }
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of the data directory could not be given up", e);
    }
  }
}

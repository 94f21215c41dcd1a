package dev.sluice.store;

import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What a server keeps: the SQLite database {@code sluice.db} in its data directory, which one
 * server at a time may have open. What a call has stored survives a crash of the machine. Any
 * thread.
 */
public final class Store implements AutoCloseable {
  private static final String FILE = "sluice.db";

  private final DirectoryLock lock;
  private final SqliteFile file;
  private final ApplicationRepository applications;
  private final SessionRepository sessions;

  private Store(DirectoryLock lock, SqliteFile file) {
    this.lock = lock;
    this.file = file;
    Database database = file.database();
    applications = new SqlApplications(database);
    sessions = new SqlSessions(database);
  }

  /**
   * Opens the database of a data directory, after creating both if need be, and brings its schema
   * up to date.
   *
   * @throws StoreUnavailableException when another server uses the directory, or it or the database
   *     cannot be used
   */
  public static Store open(Path dataDirectory) throws StoreUnavailableException {
    DirectoryLock lock = DirectoryLock.take(dataDirectory);
    boolean opened = false;
    try {
      Store store = new Store(lock, SqliteFile.open(dataDirectory.resolve(FILE)));
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
      file.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not be closed", e);
    } finally {
      release(lock);
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

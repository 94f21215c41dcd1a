package dev.sluice.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * An SQLite database file with one writer and a few readers, which in WAL mode do not wait for each
 * other (sqlite.org/wal.html).
 */
final class SqliteFile {
  private static final int BUSY_TIMEOUT_MILLIS = 5000;
  private static final int READERS = 4;

  private SqliteFile() {}

  /** Opens the file, creates it if need be, and brings its schema up to date. */
  static Database open(Path file) throws StoreUnavailableException {
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl("jdbc:sqlite:" + file);
    Migrations.run(source, file.toString());
    BoundedConnections writers = new BoundedConnections(source, 1);
    BoundedConnections readers = new BoundedConnections(source, READERS);
    return new Database(Jdbi.create(writers), Jdbi.create(readers), () -> close(readers, writers));
  }

  /** Reads the head of the file, if it is there. */
  static void probe(Path file) throws StoreUnavailableException {
    if (!Files.exists(file)) {
      return;
    }
    SQLiteConfig readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(readOnly);
    source.setUrl("jdbc:sqlite:" + file);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from sqlite_master");
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          new StoreFault.DatabaseUnusable(file.toString(), String.valueOf(e.getMessage())), e);
    }
  }

  private static void close(BoundedConnections readers, BoundedConnections writers) {
    try (writers;
        readers) {
      // The writer goes last: it clears the journal away.
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not be closed", e);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // A session id that was handed out must still be there after a power cut.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.enforceForeignKeys(true);
    // A transaction that starts as a reader and then writes can fail at once, whatever the timeout.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return config;
  }
}

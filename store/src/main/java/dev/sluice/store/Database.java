package dev.sluice.store;

import dev.sluice.session.store.StoreFailedException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A database that is open. Any thread. */
final class Database implements AutoCloseable {
  /** Closes the connections. */
  interface Closing {
    void close();
  }

  private final Jdbi writer;
  private final Jdbi reader;
  private final Closing closing;

  /**
   * @param writer for statements that change something; with SQLite one caller at a time
   * @param reader for queries
   */
  Database(Jdbi writer, Jdbi reader, Closing closing) {
    this.writer = writer;
    this.reader = reader;
    this.closing = closing;
  }

  /** Runs queries. */
  <T> T read(HandleCallback<T, RuntimeException> queries) {
    try {
      return reader.withHandle(queries);
    } catch (JdbiException e) {
      throw failed(e);
    }
  }

  /** Runs statements that change something. */
  void write(HandleConsumer<RuntimeException> statements) {
    try {
      writer.useHandle(statements);
    } catch (JdbiException e) {
      throw failed(e);
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    closing.close();
  }

  private static StoreFailedException failed(JdbiException e) {
    return new StoreFailedException("the database failed: " + DatabaseWords.of(e), e);
  }
}

package dev.sluice.store;

import dev.sluice.session.store.StoreFailedException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A database that is open. Any thread. */
final class Database implements AutoCloseable {
  /** What the database is reached by. */
  interface Connections {
    void close();

    /** The database has ended one of them: the others are to be replaced before they are used. */
    default void onBroken() {}
  }

  private final Jdbi writer;
  private final Jdbi reader;
  private final Connections connections;

  /**
   * @param writer for statements that change something; with SQLite one caller at a time
   * @param reader for queries
   */
  Database(Jdbi writer, Jdbi reader, Connections connections) {
    this.writer = writer;
    this.reader = reader;
    this.connections = connections;
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
    connections.close();
  }

  private StoreFailedException failed(JdbiException e) {
    if (DatabaseWords.tellsOfBrokenConnection(e)) {
      connections.onBroken();
    }
    return new StoreFailedException("the database failed: " + DatabaseWords.of(e), e);
  }
}

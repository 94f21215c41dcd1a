package dev.sluice.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Up to a fixed number of connections, opened when first needed and kept, each used by one caller
 * at a time. Callers wait for a free one in turn. Any thread.
 */
final class BoundedConnections implements ConnectionFactory, AutoCloseable {
  private static final long WAIT_SECONDS = 10;

  private final DataSource source;
  private final Semaphore permits;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  BoundedConnections(DataSource source, int count) {
    this.source = source;
    this.permits = new Semaphore(count, true);
  }

  @Override
  public Connection openConnection() throws SQLException {
    takePermit();
    boolean opened = false;
    try {
      if (closed) {
        throw new SQLException("the store is closed");
      }
      Connection kept = idle.poll();
      Connection connection = kept != null ? kept : source.getConnection();
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        permits.release();
      }
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    idle.add(connection);
    permits.release();
    if (closed) {
      closeIdle();
    }
  }

  /** Closes the idle connections now and those in use when they come back. */
  @Override
  public void close() throws SQLException {
    closed = true;
    closeIdle();
  }

  private void takePermit() throws SQLException {
    try {
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLException("no database connection was free within " + WAIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for a database connection", e);
    }
  }

  private void closeIdle() throws SQLException {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}

package dev.sluice.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.store.StoreFault.DatabaseRefused;
import dev.sluice.store.StoreFault.DatabaseUnreachable;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database behind a pool. A connection that broke is replaced when the next caller
 * asks for one, so a database that went away is used again when it is back.
 */
final class PostgreSqlPool {
  /** How long a caller waits for a connection: a person is waiting for the answer. */
  private static final long WAIT_MILLIS = 5_000;

  private static final int CONNECT_SECONDS = 5;

  /** A statement of ours takes milliseconds; a server that is silent for so long has gone. */
  private static final int SOCKET_SECONDS = 10;

  private PostgreSqlPool() {}

  /** Connects, and brings the schema up to date. */
  static Database open(StoreSettings.PostgreSql settings) throws StoreUnavailableException {
    PGSimpleDataSource source = source(settings);
    tryOut(source, settings.name());
    Migrations.run(source, settings.name());
    HikariConfig config = new HikariConfig();
    config.setPoolName("sluice-store");
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(WAIT_MILLIS);
    HikariDataSource pool = new HikariDataSource(config);
    Jdbi jdbi = Jdbi.create(pool);
    return new Database(jdbi, jdbi, connections(pool));
  }

  private static Database.Connections connections(HikariDataSource pool) {
    return new Database.Connections() {
      @Override
      public void close() {
        pool.close();
      }

      @Override
      public void onBroken() {
        // The pool doesn't look at a connection that was used half a second ago
        pool.getHikariPoolMXBean().softEvictConnections();
      }
    };
  }

  /** Connects and goes away again. */
  static void probe(StoreSettings.PostgreSql settings) throws StoreUnavailableException {
    tryOut(source(settings), settings.name());
  }

  private static PGSimpleDataSource source(StoreSettings.PostgreSql settings)
      throws StoreUnavailableException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("sluice");
    try {
      source.setUrl(settings.url());
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException(
          new StoreFault.DatabaseUnusable(settings.name(), "its URL cannot be read"), e);
    }
    return source;
  }

  /** Tells apart what a person mends in different places, before the pool wraps it all in one. */
  private static void tryOut(PGSimpleDataSource source, String name)
      throws StoreUnavailableException {
    try (Connection connection = source.getConnection()) {
      connection.isValid(CONNECT_SECONDS);
    } catch (SQLException e) {
      // PostgreSQL, appendix A: 28 invalid authorization, 3D no such database.
      String state = String.valueOf(e.getSQLState());
      boolean refused = state.startsWith("28") || state.startsWith("3D");
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse(state);
      throw new StoreUnavailableException(
          refused ? new DatabaseRefused(name, reason) : new DatabaseUnreachable(name, reason), e);
    }
  }
}

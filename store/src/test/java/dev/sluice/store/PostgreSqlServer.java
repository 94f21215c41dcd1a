package dev.sluice.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL server that can be stopped and started again on the same port and data. */
final class PostgreSqlServer implements AutoCloseable {
  private final Path data;
  private EmbeddedPostgres process;

  private PostgreSqlServer(Path data) throws IOException {
    this.data = data;
    process = builder().start();
  }

  /**
   * @param data a directory of its own
   */
  static PostgreSqlServer start(Path data) throws IOException {
    return new PostgreSqlServer(data);
  }

  StoreSettings.PostgreSql settings() {
    return new StoreSettings.PostgreSql(
        "jdbc:postgresql://localhost:%d/postgres".formatted(process.getPort()),
        "postgres",
        "postgres",
        4);
  }

  /** Takes everything out of the database. */
  void empty() throws SQLException {
    execute("drop schema public cascade");
    execute("create schema public");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = process.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void stop() throws IOException {
    process.close();
  }

  void startAgain() throws IOException {
    process = builder().setPort(process.getPort()).start();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }
}

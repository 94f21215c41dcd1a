package dev.sluice.store;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.SessionRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Sessions in SQL. */
final class SqlSessions implements SessionRepository {
  private final Database database;

  SqlSessions(Database database) {
    this.database = database;
  }

  @Override
  public void add(Session session) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                        insert into sessions (id, application_id, media_mode, archive_mode,
                          location, end_to_end_encrypted, created_at)
                        values (:id, :applicationId, :mediaMode, :archiveMode,
                          :location, :endToEndEncrypted, :createdAt)
                        """)
                .bind("id", session.id().value())
                .bind("applicationId", session.applicationId().toString())
                .bind("mediaMode", SqlNames.of(session.mediaMode()))
                .bind("archiveMode", SqlNames.of(session.archiveMode()))
                .bind("location", session.location().orElse(null))
                .bind("endToEndEncrypted", session.endToEndEncrypted())
                .bind("createdAt", session.createdAt().toEpochMilli())
                .execute());
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                        select id, application_id, media_mode, archive_mode,
                          location, end_to_end_encrypted, created_at
                        from sessions where id = :id
                        """)
                .bind("id", id.value())
                .map((row, _) -> session(row))
                .findOne());
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getString("id")),
        new ApplicationId(UUID.fromString(row.getString("application_id"))),
        SqlNames.mediaMode(row.getString("media_mode")),
        SqlNames.archiveMode(row.getString("archive_mode")),
        Optional.ofNullable(row.getString("location")),
        row.getBoolean("end_to_end_encrypted"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}

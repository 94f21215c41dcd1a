package dev.sluice.store;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.RsaPem;
import dev.sluice.session.UnreadableKeyException;
import dev.sluice.session.store.ApplicationRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Applications in SQL. */
final class SqlApplications implements ApplicationRepository {
  private final Database database;

  SqlApplications(Database database) {
    this.database = database;
  }

  @Override
  public void save(Application application) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                        insert into applications (id, name, public_key, created_at)
                        values (:id, :name, :publicKey, :createdAt)
                        on conflict (id) do update set
                          name = excluded.name,
                          public_key = excluded.public_key,
                          created_at = excluded.created_at
                        """)
                .bind("id", application.id().toString())
                .bind("name", application.name())
                .bind("publicKey", RsaPem.write(application.publicKey()))
                .bind("createdAt", application.createdAt().toEpochMilli())
                .execute());
  }

  @Override
  public Optional<Application> find(ApplicationId id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, name, public_key, created_at from applications where id = :id")
                .bind("id", id.toString())
                .map((row, _) -> application(row))
                .findOne());
  }

  @Override
  public List<Application> all() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                        select id, name, public_key, created_at from applications
                        order by created_at, id
                        """)
                .map((row, _) -> application(row))
                .list());
  }

  private static Application application(ResultSet row) throws SQLException {
    String id = row.getString("id");
    try {
      return new Application(
          new ApplicationId(UUID.fromString(id)),
          row.getString("name"),
          RsaPem.readPublicKey(row.getString("public_key")),
          Instant.ofEpochMilli(row.getLong("created_at")));
    } catch (UnreadableKeyException e) {
      throw new SQLException("the public key of application " + id + " is unreadable", e);
    }
  }
}

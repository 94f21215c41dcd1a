package dev.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.session.Application;
import dev.sluice.session.registry.Applications;
import dev.sluice.session.store.StoreFailedException;
import dev.sluice.store.StoreFault.DatabaseRefused;
import dev.sluice.store.StoreFault.DatabaseTooNew;
import dev.sluice.store.StoreFault.DatabaseUnreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSqlStoreTest {
  private PostgreSqlServer server;

  @BeforeAll
  void startServer(@TempDir Path data) throws IOException {
    server = PostgreSqlServer.start(data);
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void emptyDatabase() throws Exception {
    server.empty();
  }

  @Test
  void what_was_stored_is_there_after_closing_and_opening_again() throws Exception {
    Application stored;
    try (Store store = Store.open(server.settings())) {
      stored = create(store);
    }

    try (Store store = Store.open(server.settings())) {
      assertThat(store.applications().all()).containsExactly(stored);
    }
  }

  @Test
  void a_database_that_goes_away_fails_calls_and_is_used_again_when_it_is_back() throws Exception {
    try (Store store = Store.open(server.settings())) {
      Application stored = create(store);
      server.stop();
      try {
        assertThatExceptionOfType(StoreFailedException.class)
            .isThrownBy(() -> store.applications().find(stored.id()))
            .withMessageStartingWith("the database failed: ");
        assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> create(store));
      } finally {
        server.startAgain();
      }

      assertThat(store.applications().all()).containsExactly(stored);
      assertThat(create(store)).isNotNull();
    }
  }

  @Test
  void a_server_that_is_not_there_is_told_with_its_address() throws Exception {
    StoreSettings.PostgreSql nowhere =
        new StoreSettings.PostgreSql("jdbc:postgresql://localhost:1/sluice", "me", "secret", 1);

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(nowhere))
        .withMessageContaining("jdbc:postgresql://localhost:1/sluice cannot be reached")
        .extracting(StoreUnavailableException::fault)
        .isInstanceOf(DatabaseUnreachable.class);
  }

  @Test
  void a_database_that_does_not_exist_is_told_apart() throws Exception {
    StoreSettings.PostgreSql right = server.settings();
    StoreSettings.PostgreSql wrong =
        new StoreSettings.PostgreSql(
            right.url().replace("/postgres", "/missing") + "?ApplicationName=x",
            right.user(),
            right.password(),
            1);

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(wrong))
        .withMessageContaining("/missing refused the connection")
        .withMessageNotContaining("?ApplicationName")
        .extracting(StoreUnavailableException::fault)
        .isInstanceOf(DatabaseRefused.class);
  }

  @Test
  void a_database_of_a_newer_server_is_refused() throws Exception {
    Store.open(server.settings()).close();
    server.execute(
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (1000, '1000', 'of the future', 'SQL', 'V1000__of_the_future.sql', 1, '', 1, true)
        """);

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(server.settings()))
        .extracting(StoreUnavailableException::fault)
        .isEqualTo(new DatabaseTooNew(server.settings().url()));
  }

  @Test
  void the_password_is_in_no_text() {
    StoreSettings.PostgreSql settings =
        new StoreSettings.PostgreSql("jdbc:postgresql://h/d?password=secret", "me", "secret", 1);

    assertThat(settings.toString()).doesNotContain("secret").contains("jdbc:postgresql://h/d");
  }

  @Test
  void a_url_of_something_else_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoreSettings.PostgreSql("postgres://h/d", "me", "secret", 1))
        .withMessageContaining("jdbc:postgresql:");
  }

  private static Application create(Store store) {
    Applications applications =
        new Applications(
            store.applications(), new SecureRandom(), InstantSource.system(), UUID::randomUUID);
    return applications.create("Doctors").application();
  }
}

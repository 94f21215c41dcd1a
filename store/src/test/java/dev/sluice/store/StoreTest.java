package dev.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.session.Application;
import dev.sluice.session.registry.Applications;
import dev.sluice.session.store.StoreFailedException;
import dev.sluice.store.StoreFault.DatabaseTooNew;
import dev.sluice.store.StoreFault.DatabaseUnusable;
import dev.sluice.store.StoreFault.DirectoryInUse;
import dev.sluice.store.StoreFault.DirectoryUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path directory;

  @Test
  void a_directory_that_is_not_there_is_made() throws Exception {
    Path deep = directory.resolve("var/lib/sluice");

    try (Store store = Store.open(new StoreSettings.Sqlite(deep))) {
      assertThat(store.applications().all()).isEmpty();
    }

    assertThat(deep.resolve("sluice.db")).isRegularFile();
  }

  @Test
  void what_was_stored_is_there_after_closing_and_opening_again() throws Exception {
    Application stored;
    try (Store store = Store.open(new StoreSettings.Sqlite(directory))) {
      stored = create(store);
    }

    try (Store store = Store.open(new StoreSettings.Sqlite(directory))) {
      assertThat(store.applications().all()).containsExactly(stored);
    }
    // Without a journal beside it the one file is a whole backup.
    assertThat(directory.resolve("sluice.db-wal")).doesNotExist();
  }

  @Test
  void the_database_waits_for_other_users_and_writes_ahead() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(directory))) {
      Application stored = create(store);
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        assertThat(statement.executeQuery("pragma journal_mode").getString(1)).isEqualTo("wal");
        // A reader that is in the middle of something does not hold the writer up.
        other.setAutoCommit(false);
        assertThat(statement.executeQuery("select count(*) from applications").getInt(1)).isOne();
        Application second = create(store);
        assertThat(store.applications().all()).containsExactlyInAnyOrder(stored, second);
      }
    }
  }

  @Test
  void a_second_opening_in_this_process_is_refused_and_leaves_the_first_alone() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(directory))) {
      assertRefused(new DirectoryInUse(directory, OptionalLong.of(ProcessHandle.current().pid())));
      assertThat(create(store)).isNotNull();
      // The refused opening must not have dropped the lock that other processes see.
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> LockHolder.start(directory).close())
          .withMessageContaining("is in use by another Sluice server (process ");
    }
    Store.open(new StoreSettings.Sqlite(directory)).close();
  }

  @Test
  void a_directory_that_another_process_uses_is_refused_until_that_one_dies() throws Exception {
    try (LockHolder other = LockHolder.start(directory)) {
      assertRefused(new DirectoryInUse(directory, OptionalLong.of(other.processId())));
    }

    Store.open(new StoreSettings.Sqlite(directory)).close();
  }

  @Test
  void a_path_that_is_a_file_is_refused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(new StoreSettings.Sqlite(file)))
        .withMessage(
            "The data directory %s cannot be used (it is not a directory): the server must be able to create files in it",
            file)
        .extracting(StoreUnavailableException::fault)
        .isInstanceOf(DirectoryUnusable.class);
  }

  @Test
  void a_directory_without_write_permission_is_refused() throws Exception {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    Path closed =
        Files.createDirectory(
            directory.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(new StoreSettings.Sqlite(closed)))
        .withMessageContaining("permission denied");
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_the_directory_stays_free() throws Exception {
    Path file = directory.resolve("sluice.db");
    Files.writeString(file, "this is not a database, however long it may be ".repeat(100));

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(new StoreSettings.Sqlite(directory)))
        .withMessageStartingWith("The database " + file + " cannot be opened: ")
        .withMessageContaining("file is not a database")
        .extracting(StoreUnavailableException::fault)
        .isInstanceOf(DatabaseUnusable.class);

    Files.delete(file);
    Store.open(new StoreSettings.Sqlite(directory)).close();
  }

  @Test
  void a_database_of_a_newer_server_is_refused() throws Exception {
    Store.open(new StoreSettings.Sqlite(directory)).close();
    execute(
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        values (1000, '1000', 'of the future', 'SQL', 'V1000__of_the_future.sql', 1, '', 1, true)
        """);

    assertRefused(new DatabaseTooNew(directory.resolve("sluice.db").toString()));
  }

  @Test
  void a_database_whose_migrations_were_changed_is_refused() throws Exception {
    Store.open(new StoreSettings.Sqlite(directory)).close();
    execute("update flyway_schema_history set checksum = 1 where version = '1'");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(new StoreSettings.Sqlite(directory)))
        .extracting(StoreUnavailableException::fault)
        .isInstanceOf(DatabaseUnusable.class);
  }

  @Test
  void the_schema_refuses_choices_that_do_not_exist() throws Exception {
    try (Store store = Store.open(new StoreSettings.Sqlite(directory))) {
      Application stored = create(store);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () ->
                  execute(
                      "insert into sessions values ('2_a', '%s', 'sideways', 'manual', null, false, 1)"
                          .formatted(stored.id())))
          .withMessageContaining("CHECK constraint failed");
    }
  }

  @Test
  void a_closed_store_answers_no_more_and_is_closed_once() throws Exception {
    Store store = Store.open(new StoreSettings.Sqlite(directory));
    store.close();
    store.close();

    assertThatExceptionOfType(StoreFailedException.class)
        .isThrownBy(() -> store.applications().all())
        .havingRootCause()
        .withMessage("the store is closed");
  }

  private void assertRefused(StoreFault fault) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> Store.open(new StoreSettings.Sqlite(directory)))
        .withMessage("%s", fault.message())
        .extracting(StoreUnavailableException::fault)
        .isEqualTo(fault);
  }

  private static Application create(Store store) {
    Applications applications =
        new Applications(
            store.applications(), new SecureRandom(), InstantSource.system(), UUID::randomUUID);
    return applications.create("Doctors").application();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("sluice.db"));
  }
}

package dev.sluice.store;

import dev.sluice.store.StoreFault.DatabaseTooNew;
import dev.sluice.store.StoreFault.DatabaseUnusable;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema of a database to that of this server; never back. */
final class Migrations {
  private static final String LOCATION = "classpath:dev/sluice/store/migration";

  private Migrations() {}

  /**
   * @param file names the database in an error
   */
  static void run(DataSource source, Path file) throws StoreUnavailableException {
    try {
      Flyway flyway =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(source)
              .locations(LOCATION)
              .failOnMissingLocations(true)
              .load();
      boolean tooNew =
          Stream.of(flyway.info().applied())
              .map(MigrationInfo::getState)
              .anyMatch(
                  state ->
                      state == MigrationState.FUTURE_SUCCESS
                          || state == MigrationState.FUTURE_FAILED);
      if (tooNew) {
        throw new StoreUnavailableException(new DatabaseTooNew(file), null);
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailableException(new DatabaseUnusable(file, reason(e)), e);
    }
  }

  /** The database's own words are at the bottom, under several of Flyway's. */
  private static String reason(Throwable fault) {
    Throwable deepest = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }
}

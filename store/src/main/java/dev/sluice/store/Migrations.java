package dev.sluice.store;

import dev.sluice.store.StoreFault.DatabaseTooNew;
import dev.sluice.store.StoreFault.DatabaseUnusable;
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
   * @param database names it in an error
   */
  static void run(DataSource source, String database) throws StoreUnavailableException {
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
        throw new StoreUnavailableException(new DatabaseTooNew(database), null);
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailableException(new DatabaseUnusable(database, DatabaseWords.of(e)), e);
    }
  }
}

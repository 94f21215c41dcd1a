package dev.sluice.store;

import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteRepositoryTest extends RepositoryContract {
  private final Store store;

  SqliteRepositoryTest(@TempDir Path directory) throws Exception {
    store = Store.open(new StoreSettings.Sqlite(directory));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  ApplicationRepository applications() {
    return store.applications();
  }

  @Override
  SessionRepository sessions() {
    return store.sessions();
  }
}

package dev.sluice.store;

import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSqlRepositoryTest extends RepositoryContract {
  private PostgreSqlServer server;
  private Store store;

  @BeforeAll
  void startServer(@TempDir Path data) throws IOException {
    server = PostgreSqlServer.start(data);
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void openStore() throws Exception {
    server.empty();
    store = Store.open(server.settings());
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

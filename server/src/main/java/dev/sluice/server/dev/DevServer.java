package dev.sluice.server.dev;

import dev.sluice.gateway.auth.ClientTokenMinter;
import dev.sluice.server.Domain;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.StartException;
import dev.sluice.server.Stores;
import dev.sluice.server.admin.AdminSocket;
import dev.sluice.server.admin.StoreAdministration;
import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The platform with everything embedded: SQLite, the demo application, meetings. */
public final class DevServer implements AutoCloseable {
  private final Store store;
  private final SluiceServer server;
  private final Optional<AdminSocket> adminSocket;
  private final Welcome welcome;

  private DevServer(
      Store store, SluiceServer server, Optional<AdminSocket> adminSocket, Welcome welcome) {
    this.store = store;
    this.server = server;
    this.adminSocket = adminSocket;
    this.welcome = welcome;
  }

  /**
   * Accepts calls when it returns.
   *
   * @param certificate what the settings say to serve HTTPS with, if they do
   * @throws StartException with one line that says what to do
   */
  public static DevServer start(
      ServerSettings settings, Path directory, Optional<DevCertificate> certificate)
      throws StartException {
    Store store = Stores.open(new StoreSettings.Sqlite(directory));
    try {
      return start(settings, directory, store, certificate);
    } catch (StartException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static DevServer start(
      ServerSettings settings, Path directory, Store store, Optional<DevCertificate> certificate)
      throws StartException {
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    Domain domain = Domain.over(store.applications(), store.sessions(), random, clock);
    DemoApplication application = DemoApplication.open(directory, domain.applications());
    Meetings meetings = Meetings.open(directory, application.id(), domain.sessions(), random);
    MeetingRoutes routes =
        new MeetingRoutes(
            application, meetings, new ClientTokenMinter(application.privateKey(), clock), clock);
    Welcome welcome = new Welcome(settings.url().toString(), application, certificate);
    SluiceServer server = SluiceServer.start(settings, domain, routes.routes());
    try {
      welcome.writeTo(directory);
      return new DevServer(
          store,
          server,
          AdminSocket.open(directory, new StoreAdministration(domain, () -> {})),
          welcome);
    } catch (StartException e) {
      server.close();
      throw e;
    }
  }

  /** What to tell the person who started it. */
  public Welcome welcome() {
    return welcome;
  }

  @Override
  public void close() {
    adminSocket.ifPresent(AdminSocket::close);
    server.close();
    store.close();
  }
}

package dev.sluice.gateway.testing;

import dev.sluice.gateway.CannotListenException;
import dev.sluice.gateway.Gateway;
import dev.sluice.gateway.GatewayServices;
import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.signalling.SignallingSettings;
import dev.sluice.gateway.tls.UnusableCertificateException;
import dev.sluice.session.Session;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.MailboxLiveSessions;
import dev.sluice.session.registry.SessionIds;
import dev.sluice.session.registry.Sessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A gateway on a port of its own, over real sessions and fake media, with one tenant. */
public final class RunningGateway implements AutoCloseable {
  public static final SessionLimits LIMITS = new SessionLimits(250, 2, 3);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final InMemoryApplications applications = new InMemoryApplications();
  private final InMemorySessions repository = new InMemorySessions();
  private final FakeMedia media = new FakeMedia();
  private final Tenant tenant = Tenant.create();
  private final Sessions sessions;
  private final LiveSessions live;
  private final Gateway gateway;

  private RunningGateway(GatewaySettings settings, List<HttpRoute> routes) {
    InstantSource clock = InstantSource.system();
    applications.save(tenant.application());
    sessions = new Sessions(repository, new SessionIds(new SecureRandom()), clock);
    live = new MailboxLiveSessions(repository, media, LIMITS, clock, UUID::randomUUID);
    try {
      gateway =
          Gateway.start(
              settings, new GatewayServices(applications, sessions, live, LIMITS, clock), routes);
    } catch (CannotListenException | UnusableCertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  public static RunningGateway start() {
    return start(SignallingSettings.DEFAULT);
  }

  public static RunningGateway start(SignallingSettings signalling) {
    return start(plain(signalling), List.of());
  }

  public static RunningGateway start(List<HttpRoute> routes) {
    return start(plain(SignallingSettings.DEFAULT), routes);
  }

  public static RunningGateway start(GatewaySettings settings, List<HttpRoute> routes) {
    return new RunningGateway(settings, routes);
  }

  private static GatewaySettings plain(SignallingSettings signalling) {
    return new GatewaySettings("127.0.0.1", 0, 64 * 1024, signalling, Optional.empty(), List.of());
  }

  public Tenant tenant() {
    return tenant;
  }

  public InMemoryApplications applications() {
    return applications;
  }

  public InMemorySessions repository() {
    return repository;
  }

  public FakeMedia media() {
    return media;
  }

  public LiveSessions live() {
    return live;
  }

  public Gateway gateway() {
    return gateway;
  }

  public int port() {
    return gateway.port();
  }

  public Session newSession() {
    return sessions.create(tenant.application().id(), SessionOptions.DEFAULT);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  /** With the tenant's token in the header. */
  public HttpRequest.Builder authorized(String path) {
    return request(path).header("Authorization", "Bearer " + tenant.restToken(Instant.now()));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a socket that has not sent anything yet. */
  public SignallingClient open() {
    return SignallingClient.open(HTTP, port());
  }

  /** Opens a socket and joins. */
  public SignallingClient join(Session session, String role) {
    SignallingClient client = open();
    client.connect(session.id().value(), token(session, role));
    return client;
  }

  public String token(Session session, String role) {
    return tenant.clientToken(session.id().value(), role, Instant.now());
  }

  @Override
  public void close() {
    gateway.close();
    live.close();
  }
}

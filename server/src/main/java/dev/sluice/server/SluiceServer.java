package dev.sluice.server;

import dev.sluice.gateway.CannotListenException;
import dev.sluice.gateway.Gateway;
import dev.sluice.gateway.GatewayServices;
import dev.sluice.gateway.ManagementDoor;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.tls.UnusableCertificateException;
import dev.sluice.router.MediaRouter;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.RouterStartException;
import dev.sluice.server.media.RouterMediaPlane;
import dev.sluice.server.metrics.Metrics;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.MailboxLiveSessions;
import dev.sluice.transport.SecureTransports;
import dev.sluice.transport.TransportSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running platform: Media Router, live sessions, front doors. Starts in that order and stops in
 * the reverse one. The stores are the caller's.
 */
public final class SluiceServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SluiceServer.class);
  private static final Duration GRACE_STEP = Duration.ofMillis(200);

  private final MediaRouter router;
  private final LiveSessions live;
  private final Health health;
  private final Metrics metrics;
  private final Gateway gateway;
  private final Optional<ManagementDoor> management;

  private SluiceServer(
      MediaRouter router,
      LiveSessions live,
      Health health,
      Metrics metrics,
      Gateway gateway,
      Optional<ManagementDoor> management) {
    this.router = router;
    this.live = live;
    this.health = health;
    this.metrics = metrics;
    this.gateway = gateway;
    this.management = management;
  }

  /**
   * Accepts calls when it returns.
   *
   * @param extraRoutes added to the front doors
   * @throws StartException when a port or an address cannot be had, or a certificate not be used
   */
  public static SluiceServer start(
      ServerSettings settings, Domain domain, List<HttpRoute> extraRoutes) throws StartException {
    MediaRouter router = startRouter(settings);
    LiveSessions live =
        new MailboxLiveSessions(
            domain.sessionRepository(),
            new RouterMediaPlane(router),
            settings.sessionLimits(),
            domain.clock(),
            UUID::randomUUID);
    Health health = new Health(router);
    Metrics metrics = new Metrics(router::snapshot, router::rooms, settings.measuredTracks());
    List<HttpRoute> forOperators = List.of(health.detailed(), metrics.route());
    List<HttpRoute> forEverybody = new ArrayList<>(extraRoutes);
    Optional<ManagementDoor> management = Optional.empty();
    boolean started = false;
    try {
      switch (settings.management()) {
        case ServerSettings.Management.OnFrontDoor _ -> forEverybody.addAll(forOperators);
        case ServerSettings.Management.Own own -> {
          management = Optional.of(startManagement(own, forOperators));
          forEverybody.add(health.brief());
        }
        case ServerSettings.Management.Off _ -> forEverybody.add(health.brief());
      }
      Gateway gateway = startGateway(settings, domain, live, forEverybody);
      metrics.countSockets(gateway::openSockets);
      started = true;
      return new SluiceServer(router, live, health, metrics, gateway, management);
    } finally {
      if (!started) {
        management.ifPresent(ManagementDoor::close);
        metrics.close();
        live.close();
        router.close();
      }
    }
  }

  private static Gateway startGateway(
      ServerSettings settings, Domain domain, LiveSessions live, List<HttpRoute> routes)
      throws StartException {
    try {
      return Gateway.start(
          settings.gateway(),
          new GatewayServices(
              domain.applicationRepository(),
              domain.sessions(),
              live,
              settings.sessionLimits(),
              domain.clock()),
          routes);
    } catch (CannotListenException e) {
      throw new StartException(
          e.getMessage() + "; choose another with " + settings.spelling().httpAddress(), e);
    } catch (UnusableCertificateException e) {
      throw new StartException("HTTPS cannot be served: " + e.getMessage(), e);
    }
  }

  private static ManagementDoor startManagement(
      ServerSettings.Management.Own own, List<HttpRoute> routes) throws StartException {
    try {
      return ManagementDoor.start(own.host(), own.port(), routes);
    } catch (CannotListenException e) {
      throw new StartException(
          e.getMessage() + "; choose another with metrics.listen, or turn it off", e);
    }
  }

  private static MediaRouter startRouter(ServerSettings settings) throws StartException {
    ServerSettings.Media media = settings.media();
    MediaAddresses addresses = media.addresses();
    try {
      return MediaRouter.start(
          new RouterSettings(
              addresses.bind(),
              addresses.advertised(),
              media.port(),
              media.workers(),
              media.videoCodecs(),
              media.adaptation()),
          new SecureTransports(TransportSettings.DEFAULT, new SecureRandom(), Instant.now()));
    } catch (RouterStartException e) {
      throw new StartException(
          e.getMessage() + "; choose another with " + settings.spelling().mediaPort(), e);
    }
  }

  /**
   * Waits until nobody is connected any more, at most so long; meanwhile {@code /health} says 503.
   * Calls go on, and whoever lost the network may come back.
   */
  public void waitForPeopleToLeave(Duration grace) throws InterruptedException {
    health.stopping();
    int people = gateway.openSockets();
    if (grace.isZero() || people == 0) {
      return;
    }
    LOG.info("Stopping: waiting up to {} s for {} connected clients", grace.toSeconds(), people);
    long endNanos = System.nanoTime() + grace.toNanos();
    while (gateway.openSockets() > 0 && System.nanoTime() < endNanos) {
      Thread.sleep(GRACE_STEP);
      if (gateway.openSockets() < people) {
        people = gateway.openSockets();
        LOG.info("Stopping: {} clients are still connected", people);
      }
    }
  }

  /** The front doors close first, so that nobody comes in while the rest ends. */
  @Override
  public void close() {
    gateway.close();
    live.close();
    management.ifPresent(ManagementDoor::close);
    metrics.close();
    router.close();
  }
}

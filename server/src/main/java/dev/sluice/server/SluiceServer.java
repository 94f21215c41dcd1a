package dev.sluice.server;

import dev.sluice.gateway.CannotListenException;
import dev.sluice.gateway.Gateway;
import dev.sluice.gateway.GatewayServices;
import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.signalling.SignallingSettings;
import dev.sluice.gateway.signalling.SignallingTimeouts;
import dev.sluice.router.MediaRouter;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.RouterStartException;
import dev.sluice.router.WorkerSnapshot;
import dev.sluice.server.media.RouterMediaPlane;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.MailboxLiveSessions;
import dev.sluice.transport.SecureTransports;
import dev.sluice.transport.TransportSettings;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The running platform: Media Router, live sessions, front doors. Starts in that order and stops in
 * the reverse one. The stores are the caller's.
 */
public final class SluiceServer implements AutoCloseable {
  private final MediaRouter router;
  private final LiveSessions live;
  private final Gateway gateway;

  private SluiceServer(MediaRouter router, LiveSessions live, Gateway gateway) {
    this.router = router;
    this.live = live;
    this.gateway = gateway;
  }

  /**
   * Accepts calls when it returns.
   *
   * @param extraRoutes added to the front doors
   * @throws StartException when a port or an address cannot be had
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
    List<HttpRoute> routes = new ArrayList<>(extraRoutes);
    routes.add(new HttpRoute(HttpMethod.GET, "/health", _ -> health(router)));
    try {
      Gateway gateway =
          Gateway.start(
              new GatewaySettings(
                  settings.httpHost(),
                  settings.httpPort(),
                  GatewaySettings.DEFAULT.bodyBytes(),
                  new SignallingSettings(
                      settings.signallingLimits(), SignallingTimeouts.DEFAULT, Optional.empty())),
              new GatewayServices(
                  domain.applicationRepository(),
                  domain.sessions(),
                  live,
                  settings.sessionLimits(),
                  domain.clock()),
              routes);
      return new SluiceServer(router, live, gateway);
    } catch (CannotListenException e) {
      live.close();
      router.close();
      throw new StartException(e.getMessage() + "; choose another with --port or --host", e);
    }
  }

  private static MediaRouter startRouter(ServerSettings settings) throws StartException {
    MediaAddresses addresses = settings.mediaAddresses();
    try {
      return MediaRouter.start(
          new RouterSettings(
              addresses.bind(),
              addresses.advertised(),
              settings.mediaPort(),
              settings.workers(),
              RouterSettings.EVERY_VIDEO_CODEC),
          new SecureTransports(TransportSettings.DEFAULT, new SecureRandom(), Instant.now()));
    } catch (RouterStartException e) {
      throw new StartException(e.getMessage() + "; choose another with --media-port", e);
    }
  }

  private static HttpAnswer health(MediaRouter router) {
    return HttpAnswer.json(200, new Health("ok", router.snapshot()));
  }

  /**
   * The body of {@code GET /health}.
   *
   * @param workers what each media worker has carried and dropped since the start
   */
  private record Health(String status, List<WorkerSnapshot> workers) {}

  /** The front doors close first, so that nobody comes in while the rest ends. */
  @Override
  public void close() {
    gateway.close();
    live.close();
    router.close();
  }
}

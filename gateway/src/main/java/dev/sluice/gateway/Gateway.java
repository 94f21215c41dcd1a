package dev.sluice.gateway;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.gateway.auth.RestTokens;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.rest.RestApi;
import dev.sluice.gateway.signalling.Signalling;
import dev.sluice.gateway.web.ClientEvents;
import dev.sluice.gateway.web.WebContent;
import io.javalin.Javalin;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front doors: REST, signalling, the client library and the meeting page on one port. Listens
 * when {@link #start} has returned, until {@link #close}. Any thread.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Signalling signalling;
  private final Javalin javalin;
  private final int port;

  private Gateway(Signalling signalling, Javalin javalin, int port) {
    this.signalling = signalling;
    this.javalin = javalin;
    this.port = port;
  }

  /**
   * Starts to listen.
   *
   * @param extraRoutes what the server adds, such as health; they go before the meeting page
   * @throws CannotListenException when the port is in use or the address cannot be had
   */
  public static Gateway start(
      GatewaySettings settings, GatewayServices services, List<HttpRoute> extraRoutes)
      throws CannotListenException {
    Signalling signalling =
        new Signalling(
            settings.signalling(),
            new ClientTokens(services.applications(), services.clock()),
            services.sessions(),
            services.live(),
            services.limits());
    RestTokens restTokens = new RestTokens(services.applications(), services.clock());
    List<HttpRoute> routes =
        new ArrayList<>(RestApi.routes(restTokens, services.sessions(), services.live()));
    routes.add(ClientEvents.route());
    routes.addAll(extraRoutes);
    WebContent web = new WebContent(Gateway.class.getClassLoader());
    HttpServer server = new HttpServer(settings.bodyBytes(), web, routes, signalling);

    Listeners listeners = Listeners.bind(settings.host(), settings.port());
    try {
      Javalin javalin = server.create(listeners).start();
      LOG.info("Listening on {} port {}", settings.host(), listeners.port());
      return new Gateway(signalling, javalin, listeners.port());
    } catch (RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  /** The port it listens on, also when the system chose it. */
  public int port() {
    return port;
  }

  /** How many signalling sockets are open. */
  public int openSockets() {
    return signalling.openSockets();
  }

  /** Closes the sockets with 1001, then stops listening; takes less than a second. */
  @Override
  public void close() {
    signalling.close();
    javalin.stop();
    LOG.info("Stopped");
  }
}

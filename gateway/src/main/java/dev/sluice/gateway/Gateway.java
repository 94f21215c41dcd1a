package dev.sluice.gateway;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.gateway.auth.RestTokens;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.rest.RestApi;
import dev.sluice.gateway.signalling.Signalling;
import dev.sluice.gateway.tls.UnusableCertificateException;
import dev.sluice.gateway.tls.WatchedIdentity;
import dev.sluice.gateway.web.ClientEvents;
import dev.sluice.gateway.web.WebContent;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
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
  private final Listeners listeners;

  private Gateway(Signalling signalling, Javalin javalin, Listeners listeners) {
    this.signalling = signalling;
    this.javalin = javalin;
    this.listeners = listeners;
  }

  /**
   * Starts to listen.
   *
   * @param extraRoutes what the server adds, such as health; they go before the meeting page
   * @throws CannotListenException when the port is in use or the address cannot be had
   * @throws UnusableCertificateException when HTTPS is wanted and its files cannot be used
   */
  public static Gateway start(
      GatewaySettings settings, GatewayServices services, List<HttpRoute> extraRoutes)
      throws CannotListenException, UnusableCertificateException {
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
    HttpServer server = new HttpServer(settings.bodyBytes(), routes, settings.trustedProxies());

    Listeners listeners = listeners(settings, services.clock());
    try {
      Javalin javalin =
          server
              .create(
                  listeners,
                  config -> {
                    mountSignalling(config, signalling);
                    mountFiles(config, web);
                  })
              .start();
      LOG.info("Listening on {} port {}", settings.host(), listeners.port());
      return new Gateway(signalling, javalin, listeners);
    } catch (RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  private static Listeners listeners(GatewaySettings settings, InstantSource clock)
      throws CannotListenException, UnusableCertificateException {
    if (settings.tls().isEmpty()) {
      return Listeners.bind(settings.host(), settings.port());
    }
    WatchedIdentity identity = WatchedIdentity.open(settings.tls().get(), clock);
    return Listeners.bindSecure(settings.host(), settings.port(), identity);
  }

  private static void mountSignalling(JavalinConfig config, Signalling signalling) {
    config.jetty.modifyServletContextHandler(
        context -> context.addServlet(new ServletHolder(signalling.servlet()), Signalling.PATH));
  }

  private static void mountFiles(JavalinConfig config, WebContent web) {
    Handler answer =
        context -> {
          String ifNoneMatch = context.header("If-None-Match");
          HttpServer.write(
              context, web.answer(context.path(), ifNoneMatch == null ? "" : ifNoneMatch));
        };
    config.routes.get("/", answer);
    config.routes.get("/*", answer);
  }

  /** The port it listens on, also when the system chose it. */
  public int port() {
    return listeners.port();
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
    listeners.close();
    LOG.info("Stopped");
  }
}

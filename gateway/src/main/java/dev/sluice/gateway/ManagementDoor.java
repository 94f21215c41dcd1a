package dev.sluice.gateway;

import dev.sluice.gateway.http.HttpRoute;
import io.javalin.Javalin;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators and their tools ask for, on a port of its own, which is to be reachable for them
 * only: it asks for no credentials. Listens when {@link #start} has returned, until {@link #close}.
 * Any thread.
 */
public final class ManagementDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementDoor.class);

  private final Javalin javalin;
  private final int port;

  private ManagementDoor(Javalin javalin, int port) {
    this.javalin = javalin;
    this.port = port;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 to 65535; 0 lets the system choose
   * @throws CannotListenException when the port is in use or the address cannot be had
   */
  public static ManagementDoor start(String host, int port, List<HttpRoute> routes)
      throws CannotListenException {
    HttpServer server = new HttpServer(GatewaySettings.DEFAULT.bodyBytes(), routes, List.of());
    Listeners listeners = Listeners.bind(host, port);
    try {
      Javalin javalin = server.create(listeners, _ -> {}).start();
      LOG.info("Metrics and health are on {} port {}", host, listeners.port());
      return new ManagementDoor(javalin, listeners.port());
    } catch (RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  /** The port it listens on, also when the system chose it. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}

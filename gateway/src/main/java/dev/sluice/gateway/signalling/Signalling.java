package dev.sluice.gateway.signalling;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.registry.Sessions;
import jakarta.servlet.Servlet;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signalling front door, to be mounted at {@link #PATH}. Any thread. */
public final class Signalling implements AutoCloseable {
  public static final String PATH = "/v1/signalling";

  private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);

  /** What is left of the second in which the gateway has to be closed goes to the web server. */
  private static final Duration STOP_PATIENCE = Duration.ofMillis(400);

  private final Lines lines = new Lines();
  private final SignallingSockets sockets;
  private final SignallingServlet servlet;

  public Signalling(
      SignallingSettings settings,
      ClientTokens tokens,
      Sessions sessions,
      LiveSessions live,
      SessionLimits limits) {
    sockets = new SignallingSockets(settings.limits());
    RequestParser parser = new RequestParser(settings.limits().messageBytes());
    servlet =
        new SignallingServlet(
            new SignallingServices(
                tokens,
                sessions,
                live,
                limits,
                parser,
                new SecureRandom(),
                new Semaphore(settings.limits().absentConnections())),
            settings,
            sockets,
            lines,
            System::nanoTime);
  }

  public Servlet servlet() {
    return servlet;
  }

  /** How many sockets are open, for health and metrics. */
  public int openSockets() {
    return sockets.size();
  }

  /** Ends every connection and closes every socket with 1001, within half a second. */
  @Override
  public void close() {
    try {
      long beganNanos = System.nanoTime();
      lines.stop(STOP_PATIENCE);
      sockets.awaitClosed(STOP_PATIENCE.minusNanos(System.nanoTime() - beganNanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("Interrupted while the signalling sockets were closing");
    }
  }
}

package dev.sluice.gateway.signalling;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServlet;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades requests to the signalling protocol. It sits beside Javalin, whose own WebSocket
 * handlers tell of no pongs, take whatever subprotocol comes first and leave no say in when the
 * next frame is read.
 */
final class SignallingServlet extends JettyWebSocketServlet {
  static final String SUBPROTOCOL = "sluice.v1";
  private static final long serialVersionUID = 1L;

  private final transient SignallingServices services;
  private final transient SignallingSettings settings;
  private final transient SignallingSockets sockets;
  private final transient Lines lines;
  private final transient LongSupplier nanoClock;

  SignallingServlet(
      SignallingServices services,
      SignallingSettings settings,
      SignallingSockets sockets,
      Lines lines,
      LongSupplier nanoClock) {
    this.services = services;
    this.settings = settings;
    this.sockets = sockets;
    this.lines = lines;
    this.nanoClock = nanoClock;
  }

  @Override
  protected void configure(JettyWebSocketServletFactory factory) {
    // Conversations have their own timeouts.
    factory.setIdleTimeout(Duration.ZERO);
    factory.setCreator(this::accept);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getHeader("Sec-WebSocket-Key") == null) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "Only a WebSocket can be opened here");
      return;
    }
    super.service(request, response);
  }

  private @Nullable Object accept(
      JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) throws IOException {
    // Without permessage-deflate: a small frame would be a large message.
    response.setExtensions(List.of());
    if (!originAllowed(request.getOrigin())) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "This origin is not allowed");
      return null;
    }
    if (!request.getSubProtocols().contains(SUBPROTOCOL)) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST, "The subprotocol " + SUBPROTOCOL + " is required");
      return null;
    }
    SourceAddress source = SourceAddress.of(request.getRemoteSocketAddress());
    if (lines.stopping() || sockets.fullFor(source)) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Too many open sockets");
      return null;
    }
    response.setAcceptedSubProtocol(SUBPROTOCOL);
    Line line = new Line(services, settings, lines, nanoClock);
    return new SignallingSocket(line, lines, settings, sockets, source);
  }

  private boolean originAllowed(@Nullable String origin) {
    // Without the header it is no browser, and no page that could act for somebody.
    return origin == null
        || settings.allowedOrigins().map(allowed -> allowed.contains(origin)).orElse(true);
  }
}

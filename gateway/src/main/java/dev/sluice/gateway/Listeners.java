package dev.sluice.gateway;

import dev.sluice.gateway.CannotListenException.Reason;
import dev.sluice.gateway.tls.WatchedIdentity;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets, bound before anything else is set up, so that what is wrong with the
 * address is known as such.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final String IPV4_LOOPBACK = "127.0.0.1";
  private static final String IPV6_LOOPBACK = "::1";

  private final List<ServerSocketChannel> channels;
  private final int port;
  private final Optional<WatchedIdentity> identity;

  private Listeners(List<ServerSocketChannel> channels, Optional<WatchedIdentity> identity) {
    this.channels = channels;
    this.port = localPort(channels.getFirst());
    this.identity = identity;
  }

  /** For plain HTTP. */
  static Listeners bind(String host, int port) throws CannotListenException {
    return new Listeners(channels(host, port), Optional.empty());
  }

  /** For HTTPS. */
  static Listeners bindSecure(String host, int port, WatchedIdentity identity)
      throws CannotListenException {
    return new Listeners(channels(host, port), Optional.of(identity));
  }

  private static List<ServerSocketChannel> channels(String host, int port)
      throws CannotListenException {
    if (!host.equals("localhost")) {
      return List.of(open(host, port));
    }
    // Which of the two a client means by localhost, it decides by itself.
    ServerSocketChannel first = open(IPV4_LOOPBACK, port);
    List<ServerSocketChannel> channels = new ArrayList<>(List.of(first));
    try {
      channels.add(open(IPV6_LOOPBACK, localPort(first)));
    } catch (CannotListenException e) {
      if (e.reason() == Reason.PORT_IN_USE && port != 0) {
        close(first);
        throw e;
      }
      LOG.info("Listening on the IPv4 loopback only: {}", e.getMessage());
    }
    return channels;
  }

  int port() {
    return port;
  }

  /** Hands the sockets over to the web server, which closes them when it stops. */
  void addTo(JettyConfig jetty) {
    for (ServerSocketChannel channel : channels) {
      jetty.addConnector((server, http) -> connector(server, protocols(http), channel));
    }
    identity.ifPresent(WatchedIdentity::watch);
  }

  /** Closes what the web server may not have taken over; idempotent. */
  void close() {
    identity.ifPresent(WatchedIdentity::close);
    channels.forEach(Listeners::close);
  }

  private ConnectionFactory[] protocols(HttpConfiguration plain) {
    if (identity.isEmpty()) {
      return new ConnectionFactory[] {new HttpConnectionFactory(plain)};
    }
    HttpConfiguration http = new HttpConfiguration(plain);
    // Without a check of the name: a person who reaches the server by an address that is not in its
    // certificate gets the browser's warning, which says more than an answer 400.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(identity.get().context());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
      new HttpConnectionFactory(http)
    };
  }

  private static ServerConnector connector(
      Server server, ConnectionFactory[] protocols, ServerSocketChannel channel) {
    ServerConnector connector = new ServerConnector(server, protocols);
    try {
      connector.open(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("the web server does not take the socket", e);
    }
    return connector;
  }

  private static ServerSocketChannel open(String host, int port) throws CannotListenException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    ServerSocketChannel channel = null;
    try {
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      channel = ServerSocketChannel.open();
      // A restart must not wait for the last run's connections to time out.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address);
      return channel;
    } catch (IOException e) {
      if (channel != null) {
        close(channel);
      }
      throw new CannotListenException(host, port, e);
    }
  }

  private static int localPort(ServerSocketChannel channel) {
    return channel.socket().getLocalPort();
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("A listening socket could not be closed", e);
    }
  }
}

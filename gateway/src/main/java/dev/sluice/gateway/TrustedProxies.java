package dev.sluice.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} from listed proxies only; from
 * others they are whatever the client made up. Each proxy appends the address that it saw, so the
 * list is read from its end, and the first address that is no proxy of ours is the client's.
 */
final class TrustedProxies implements HttpConfiguration.Customizer {
  private final List<AddressRange> trusted;

  TrustedProxies(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer)
        || !isTrusted(peer.getAddress())) {
      return request;
    }
    HttpFields headers = request.getHeaders();
    List<String> schemes = headers.getCSV(HttpHeader.X_FORWARDED_PROTO, false);
    return new Forwarded(
        request,
        client(headers.getCSV(HttpHeader.X_FORWARDED_FOR, false), peer),
        schemes.isEmpty() ? request.isSecure() : HttpScheme.HTTPS.is(schemes.getLast()));
  }

  private InetSocketAddress client(List<String> forwardedFor, InetSocketAddress peer) {
    InetSocketAddress nearest = peer;
    for (String entry : forwardedFor.reversed()) {
      Optional<InetAddress> address = address(entry);
      if (address.isEmpty()) {
        // Not an address: what stands before it cannot be trusted either.
        return nearest;
      }
      nearest = new InetSocketAddress(address.get(), 0);
      if (!isTrusted(address.get())) {
        return nearest;
      }
    }
    return nearest;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /** Some proxies add the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
  private static Optional<InetAddress> address(String entry) {
    String text = entry.strip();
    if (text.startsWith("[") && text.contains("]")) {
      text = text.substring(1, text.indexOf(']'));
    } else if (text.contains(".") && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class Forwarded extends Request.Wrapper {
    private final ConnectionMetaData connection;
    private final HttpURI uri;
    private final boolean secure;

    Forwarded(Request request, InetSocketAddress client, boolean secure) {
      super(request);
      this.secure = secure;
      this.uri =
          HttpURI.build(request.getHttpURI())
              .scheme(secure ? HttpScheme.HTTPS : HttpScheme.HTTP)
              .asImmutable();
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return client;
            }

            @Override
            public boolean isSecure() {
              return secure;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }
}

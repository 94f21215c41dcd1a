package dev.sluice.gateway;

import dev.sluice.gateway.signalling.SignallingSettings;
import dev.sluice.gateway.tls.TlsFiles;
import java.util.List;
import java.util.Optional;

/**
 * Where and how the gateway listens.
 *
 * @param host an address or a name of this machine; {@code localhost} means both the IPv4 and the
 *     IPv6 loopback, {@code 0.0.0.0} or {@code ::} everything
 * @param port 0 to 65535; 0 lets the system choose
 * @param bodyBytes largest body of a REST request
 * @param tls what to serve HTTPS with; empty for plain HTTP
 * @param trustedProxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 */
public record GatewaySettings(
    String host,
    int port,
    int bodyBytes,
    SignallingSettings signalling,
    Optional<TlsFiles> tls,
    List<AddressRange> trustedProxies) {
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          "localhost", 8080, 64 * 1024, SignallingSettings.DEFAULT, Optional.empty(), List.of());

  public GatewaySettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    if (bodyBytes < 1) {
      throw new IllegalArgumentException("body limit of " + bodyBytes + " bytes");
    }
    trustedProxies = List.copyOf(trustedProxies);
  }
}

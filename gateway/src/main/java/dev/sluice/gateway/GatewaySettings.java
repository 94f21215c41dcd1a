package dev.sluice.gateway;

import dev.sluice.gateway.signalling.SignallingSettings;

/**
 * Where and how the gateway listens.
 *
 * @param host an address or a name of this machine; {@code localhost} means both the IPv4 and the
 *     IPv6 loopback, {@code 0.0.0.0} or {@code ::} everything
 * @param port 0 to 65535; 0 lets the system choose
 * @param bodyBytes largest body of a REST request
 */
public record GatewaySettings(String host, int port, int bodyBytes, SignallingSettings signalling) {
  public static final GatewaySettings DEFAULT =
      new GatewaySettings("localhost", 8080, 64 * 1024, SignallingSettings.DEFAULT);

  public GatewaySettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    if (bodyBytes < 1) {
      throw new IllegalArgumentException("body limit of " + bodyBytes + " bytes");
    }
  }
}

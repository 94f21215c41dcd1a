package dev.sluice.server.config;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.signalling.SignallingSettings;
import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.ServerSettings.Management;
import dev.sluice.server.StartException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server needs to know, taken from a configuration and from the machine. */
public final class ConfiguredSettings {
  private ConfiguredSettings() {}

  /**
   * @param local this machine's addresses, loopback included
   * @throws StartException when media cannot be received on them as configured
   */
  public static ServerSettings of(Configuration configuration, List<InetAddress> local)
      throws StartException {
    return new ServerSettings(
        gateway(configuration),
        configuration.http().publicUrl(),
        media(configuration, local),
        configuration.limits().session(),
        management(configuration.metrics().listen()),
        configuration.metrics().tracks(),
        ServerSettings.Spelling.FILE);
  }

  private static GatewaySettings gateway(Configuration configuration) {
    Configuration.Http http = configuration.http();
    Configuration.Limits limits = configuration.limits();
    return new GatewaySettings(
        http.host(),
        http.port(),
        limits.restBodyBytes(),
        new SignallingSettings(limits.signalling(), limits.timeouts(), origins(http)),
        http.tls(),
        http.trustedProxies());
  }

  private static Optional<Set<String>> origins(Configuration.Http http) {
    return http.allowedOrigins().isEmpty()
        ? Optional.empty()
        : Optional.of(
            http.allowedOrigins().stream().map(URI::toString).collect(Collectors.toSet()));
  }

  private static ServerSettings.Media media(Configuration configuration, List<InetAddress> local)
      throws StartException {
    Configuration.Media media = configuration.media();
    return new ServerSettings.Media(
        MediaAddresses.configured(media.bind(), media.advertise(), local),
        media.port(),
        media.workers(),
        media.videoCodecs(),
        configuration.adaptation());
  }

  private static Management management(MetricsListen listen) {
    return switch (listen) {
      case MetricsListen.At(String host, int port) -> new Management.Own(host, port);
      case MetricsListen.Off _ -> new Management.Off();
    };
  }
}

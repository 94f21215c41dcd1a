package dev.sluice.server.config;

import dev.sluice.gateway.AddressRange;
import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.gateway.signalling.SignallingTimeouts;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.session.SessionLimits;
import dev.sluice.store.StoreSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator has decided. Every value is within its range, and the values fit each other.
 *
 * @param adaptation how what subscribers are sent is adapted to their networks
 * @param shutdownGrace how long a stop waits for people to leave by themselves; zero for not at all
 */
public record Configuration(
    Http http,
    Media media,
    AdaptationSettings adaptation,
    StoreSettings store,
    Limits limits,
    Metrics metrics,
    LogLevel logLevel,
    Duration shutdownGrace) {

  /**
   * The front doors.
   *
   * @param host address or name of this machine
   * @param publicUrl what clients and SDKs are told to use, when it is not the listening address
   * @param allowedOrigins pages that may open a signalling socket; empty for all of them
   */
  public record Http(
      String host,
      int port,
      Optional<URI> publicUrl,
      Optional<TlsFiles> tls,
      List<AddressRange> trustedProxies,
      List<URI> allowedOrigins) {}

  /**
   * The Media Router.
   *
   * @param port UDP port of the first worker
   * @param workers 1 or more
   * @param bind concrete addresses of this machine; empty for all but loopback
   * @param advertise one for each of {@code bind}; empty for the same ones
   * @param videoCodecs the preferred one first; at least one, each once
   */
  public record Media(
      int port,
      int workers,
      List<InetAddress> bind,
      List<InetAddress> advertise,
      List<VideoCodec> videoCodecs) {}

  /**
   * What operators measure.
   *
   * @param tracks how many of them have series of their own at most; 0 for none
   */
  public record Metrics(MetricsListen listen, int tracks) {}

  /** How much one person may take from the others. */
  public record Limits(
      SessionLimits session,
      SignallingLimits signalling,
      SignallingTimeouts timeouts,
      int restBodyBytes) {}
}

package dev.sluice.server;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.session.SessionLimits;
import java.net.InetAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a start needs to know.
 *
 * @param publicUrl what clients and SDKs use, when it is not the listening address
 * @param management where metrics and the detailed health are
 * @param measuredTracks how many tracks have metrics of their own at most; 0 for none
 * @param spelling how messages name what has to be changed
 */
public record ServerSettings(
    GatewaySettings gateway,
    Optional<URI> publicUrl,
    Media media,
    SessionLimits sessionLimits,
    Management management,
    int measuredTracks,
    Spelling spelling) {
  public static final int DEFAULT_MEDIA_PORT = 10_000;
  public static final int MAX_WORKERS = 256;

  /**
   * The Media Router.
   *
   * @param port UDP port of the first worker
   * @param workers 1 to {@value #MAX_WORKERS}
   * @param videoCodecs the preferred one first; at least one, each once
   * @param adaptation how what subscribers are sent is adapted to their networks
   */
  public record Media(
      MediaAddresses addresses,
      int port,
      int workers,
      List<VideoCodec> videoCodecs,
      AdaptationSettings adaptation) {}

  /** Where operators find metrics and the detailed health. */
  public sealed interface Management {
    /** Beside everything else. */
    record OnFrontDoor() implements Management {}

    /**
     * On a listener of its own.
     *
     * @param port TCP, 0 to 65535
     */
    record Own(String host, int port) implements Management {}

    /** Nowhere. */
    record Off() implements Management {}
  }

  /** Where the settings come from, and so what the person has to change. */
  public enum Spelling {
    COMMAND_LINE("--port or --host", "--media-port"),
    FILE("http.port or http.host", "media.port");

    private final String httpAddress;
    private final String mediaPort;

    Spelling(String httpAddress, String mediaPort) {
      this.httpAddress = httpAddress;
      this.mediaPort = mediaPort;
    }

    String httpAddress() {
      return httpAddress;
    }

    String mediaPort() {
      return mediaPort;
    }
  }

  /** Where clients and SDKs reach the server, without a slash at the end. */
  public URI url() {
    return publicUrl.orElseGet(this::listeningUrl);
  }

  /** An IPv4 address, where there is one, can be typed. */
  private static String shortest(List<InetAddress> addresses) {
    return addresses.stream()
        .min(Comparator.comparingInt(address -> address.getAddress().length))
        .orElseThrow()
        .getHostAddress();
  }

  private URI listeningUrl() {
    String host =
        switch (gateway.host()) {
          case "0.0.0.0", "::" -> shortest(media.addresses().advertised());
          case String named -> named;
        };
    return URI.create(
        "%s://%s:%d"
            .formatted(
                gateway.tls().isPresent() ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                gateway.port()));
  }
}

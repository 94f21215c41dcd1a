package dev.sluice.transport;

import java.time.Duration;

/**
 * @param handshakeTimeout for a DTLS handshake from its first flight; the peer's fingerprint may
 *     come as late
 * @param maxConcurrentHandshakes DTLS handshakes that run at once over all transports; each holds
 *     about 100 KiB while it runs
 */
public record TransportSettings(Duration handshakeTimeout, int maxConcurrentHandshakes) {
  public static final TransportSettings DEFAULT =
      new TransportSettings(Duration.ofSeconds(15), 512);

  public TransportSettings {
    if (handshakeTimeout.compareTo(Duration.ofMillis(1)) < 0
        || handshakeTimeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("handshake timeout of " + handshakeTimeout);
    }
    if (maxConcurrentHandshakes < 1) {
      throw new IllegalArgumentException(
          "%d concurrent handshakes".formatted(maxConcurrentHandshakes));
    }
  }
}

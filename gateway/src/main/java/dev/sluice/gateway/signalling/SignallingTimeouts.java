package dev.sluice.gateway.signalling;

import java.time.Duration;

/**
 * How patient signalling is.
 *
 * @param connect from the opening of the socket to the {@code connect} request
 * @param pingInterval pace of the pings from both sides
 * @param pingTimeout silence after which the other side is taken for lost
 * @param close how long the server waits for the client's half of the closing handshake
 * @param resume how long the connection of a lost socket waits for its client; zero ends it at once
 */
public record SignallingTimeouts(
    Duration connect,
    Duration pingInterval,
    Duration pingTimeout,
    Duration close,
    Duration resume) {
  public static final SignallingTimeouts DEFAULT =
      new SignallingTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30));

  public SignallingTimeouts {
    if (!connect.isPositive()
        || !pingInterval.isPositive()
        || close.isNegative()
        || resume.isNegative()) {
      throw new IllegalArgumentException("a timeout of signalling is not positive");
    }
    if (pingTimeout.compareTo(pingInterval) <= 0) {
      throw new IllegalArgumentException(
          "ping timeout %s must be longer than the ping interval %s"
              .formatted(pingTimeout, pingInterval));
    }
  }
}

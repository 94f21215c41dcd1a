package dev.sluice.gateway.signalling;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What signalling allows and how patient it is.
 *
 * @param messageBytes largest message of a connected client. An answer takes about 2 KiB of JSON
 *     per subscription with audio and video, so the default holds 200 of them
 * @param firstMessageBytes largest message before {@code connect} has succeeded
 * @param messagesPerSecond what a socket may send in the long run; {@code messagesAtOnce} at most
 *     without a pause
 * @param refusedMessages how many rate-limited messages a socket may send before it is closed; the
 *     count starts again with the first message that is let through
 * @param queuedMessages outgoing messages that may wait for a slow reader, and {@code queuedBytes}
 * @param sockets how many sockets may be open, and {@code socketsBeforeConnect} how many of them
 *     without a successful {@code connect}
 * @param connectTimeout from the opening of the socket to the {@code connect} request
 * @param pingInterval pace of the pings from both sides
 * @param pingTimeout silence after which the other side is taken for lost
 * @param closeTimeout how long the server waits for the client's half of the closing handshake
 * @param allowedOrigins pages that may open a socket, as in the {@code Origin} header; empty for
 *     all of them
 */
public record SignallingSettings(
    int messageBytes,
    int firstMessageBytes,
    int messagesPerSecond,
    int messagesAtOnce,
    int refusedMessages,
    int queuedMessages,
    int queuedBytes,
    int sockets,
    int socketsBeforeConnect,
    Duration connectTimeout,
    Duration pingInterval,
    Duration pingTimeout,
    Duration closeTimeout,
    Optional<Set<String>> allowedOrigins) {
  public static final SignallingSettings DEFAULT =
      new SignallingSettings(
          512 * 1024,
          32 * 1024,
          50,
          200,
          100,
          2048,
          8 * 1024 * 1024,
          20_000,
          1000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Optional.empty());

  public SignallingSettings {
    allowedOrigins = allowedOrigins.map(Set::copyOf);
    if (pingTimeout.compareTo(pingInterval) <= 0) {
      throw new IllegalArgumentException(
          "ping timeout %s must be longer than the ping interval %s"
              .formatted(pingTimeout, pingInterval));
    }
  }
}

package dev.sluice.server.config;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.gateway.signalling.SignallingTimeouts;
import dev.sluice.session.SessionLimits;
import java.time.Duration;
import java.util.List;

/** The keys of the limits and timeouts; docs/limits.md says what happens at each. */
final class LimitKeys {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * 1024;
  private static final int MANY = 1_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Key<Integer> CONNECTIONS =
      Key.of(
          "limits.session.connections",
          ValueType.integer(1, 10_000),
          SessionLimits.DEFAULT.connectionsPerSession());
  static final Key<Integer> STREAMS =
      Key.of(
          "limits.session.streams-per-connection",
          ValueType.integer(1, 64),
          SessionLimits.DEFAULT.streamsPerConnection());
  static final Key<Integer> SUBSCRIPTIONS =
      Key.of(
          "limits.session.subscriptions-per-connection",
          ValueType.integer(1, 256),
          SessionLimits.DEFAULT.subscriptionsPerConnection());

  static final Key<Integer> SOCKETS =
      Key.of(
          "limits.signalling.sockets",
          ValueType.integer(1, MANY),
          SignallingLimits.DEFAULT.sockets());
  static final Key<Integer> SOCKETS_BEFORE_CONNECT =
      Key.of(
          "limits.signalling.sockets-before-connect",
          ValueType.integer(1, MANY),
          SignallingLimits.DEFAULT.socketsBeforeConnect());
  static final Key<Integer> SOCKETS_BEFORE_CONNECT_PER_ADDRESS =
      Key.of(
          "limits.signalling.sockets-before-connect-per-address",
          ValueType.integer(1, MANY),
          SignallingLimits.DEFAULT.socketsBeforeConnectPerAddress());
  static final Key<Integer> ABSENT_CONNECTIONS =
      Key.of(
          "limits.signalling.absent-connections",
          ValueType.integer(1, MANY),
          SignallingLimits.DEFAULT.absentConnections());
  static final Key<Integer> MESSAGE_SIZE =
      Key.of(
          "limits.signalling.message-size",
          Quantities.bytes(KIB, 8 * MIB),
          SignallingLimits.DEFAULT.messageBytes());
  static final Key<Integer> FIRST_MESSAGE_SIZE =
      Key.of(
          "limits.signalling.first-message-size",
          Quantities.bytes(KIB, 8 * MIB),
          SignallingLimits.DEFAULT.firstMessageBytes());
  static final Key<Integer> MESSAGES_PER_SECOND =
      Key.of(
          "limits.signalling.messages-per-second",
          ValueType.integer(1, 10_000),
          SignallingLimits.DEFAULT.messagesPerSecond());
  static final Key<Integer> MESSAGES_AT_ONCE =
      Key.of(
          "limits.signalling.messages-at-once",
          ValueType.integer(1, 100_000),
          SignallingLimits.DEFAULT.messagesAtOnce());
  static final Key<Integer> REFUSED_MESSAGES =
      Key.of(
          "limits.signalling.refused-messages",
          ValueType.integer(1, 100_000),
          SignallingLimits.DEFAULT.refusedMessages());
  static final Key<Integer> QUEUED_MESSAGES =
      Key.of(
          "limits.signalling.queued-messages",
          ValueType.integer(1, 100_000),
          SignallingLimits.DEFAULT.queuedMessages());
  static final Key<Integer> QUEUED_CHARACTERS =
      Key.of(
          "limits.signalling.queued-characters",
          ValueType.integer(KIB, 256 * MIB),
          SignallingLimits.DEFAULT.queuedChars());

  static final Key<Integer> BODY_SIZE =
      Key.of(
          "limits.rest.body-size",
          Quantities.bytes(KIB, 8 * MIB),
          GatewaySettings.DEFAULT.bodyBytes());

  static final Key<Duration> CONNECT_TIMEOUT =
      Key.of(
          "timeouts.connect",
          Quantities.duration(SECOND, HOUR),
          SignallingTimeouts.DEFAULT.connect());
  static final Key<Duration> PING_INTERVAL =
      Key.of(
          "timeouts.ping-interval",
          Quantities.duration(SECOND, HOUR),
          SignallingTimeouts.DEFAULT.pingInterval());
  static final Key<Duration> PING_TIMEOUT =
      Key.of(
          "timeouts.ping-timeout",
          Quantities.duration(SECOND, HOUR),
          SignallingTimeouts.DEFAULT.pingTimeout());
  static final Key<Duration> CLOSE_TIMEOUT =
      Key.of(
          "timeouts.close",
          Quantities.duration(Duration.ZERO, HOUR),
          SignallingTimeouts.DEFAULT.close());

  static final Key<Duration> RESUME_WINDOW =
      Key.of(
          "timeouts.resume",
          Quantities.duration(Duration.ZERO, HOUR),
          SignallingTimeouts.DEFAULT.resume());

  static final List<Key<?>> ALL =
      List.of(
          CONNECTIONS,
          STREAMS,
          SUBSCRIPTIONS,
          SOCKETS,
          SOCKETS_BEFORE_CONNECT,
          SOCKETS_BEFORE_CONNECT_PER_ADDRESS,
          ABSENT_CONNECTIONS,
          MESSAGE_SIZE,
          FIRST_MESSAGE_SIZE,
          MESSAGES_PER_SECOND,
          MESSAGES_AT_ONCE,
          REFUSED_MESSAGES,
          QUEUED_MESSAGES,
          QUEUED_CHARACTERS,
          BODY_SIZE,
          CONNECT_TIMEOUT,
          PING_INTERVAL,
          PING_TIMEOUT,
          CLOSE_TIMEOUT,
          RESUME_WINDOW);

  private LimitKeys() {}

  static SessionLimits session(Values values) {
    return new SessionLimits(
        values.get(CONNECTIONS), values.get(STREAMS), values.get(SUBSCRIPTIONS));
  }

  static SignallingLimits signalling(Values values) {
    if (values.get(FIRST_MESSAGE_SIZE) > values.get(MESSAGE_SIZE)) {
      values.refuse(FIRST_MESSAGE_SIZE, "must not be larger than " + MESSAGE_SIZE.path());
    }
    return new SignallingLimits(
        values.get(MESSAGE_SIZE),
        values.get(FIRST_MESSAGE_SIZE),
        values.get(MESSAGES_PER_SECOND),
        values.get(MESSAGES_AT_ONCE),
        values.get(REFUSED_MESSAGES),
        values.get(QUEUED_MESSAGES),
        values.get(QUEUED_CHARACTERS),
        values.get(SOCKETS),
        values.get(SOCKETS_BEFORE_CONNECT),
        values.get(SOCKETS_BEFORE_CONNECT_PER_ADDRESS),
        values.get(ABSENT_CONNECTIONS));
  }

  static SignallingTimeouts timeouts(Values values) {
    Duration interval = values.get(PING_INTERVAL);
    Duration timeout = values.get(PING_TIMEOUT);
    if (timeout.compareTo(interval) <= 0) {
      values.refuse(PING_TIMEOUT, "must be longer than " + PING_INTERVAL.path());
      return SignallingTimeouts.DEFAULT;
    }
    return new SignallingTimeouts(
        values.get(CONNECT_TIMEOUT),
        interval,
        timeout,
        values.get(CLOSE_TIMEOUT),
        values.get(RESUME_WINDOW));
  }
}

package dev.sluice.server.cli;

import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.session.SessionLimits;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The limits that the person may set; {@code docs/limits.md} lists them all. */
final class LimitOptions {
  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections in one session.")
  private int connections = SessionLimits.DEFAULT.connectionsPerSession();

  @Option(names = "--max-streams", paramLabel = "N", description = "Streams of one connection.")
  private int streams = SessionLimits.DEFAULT.streamsPerConnection();

  @Option(
      names = "--max-subscriptions",
      paramLabel = "N",
      description = "Subscriptions of one connection.")
  private int subscriptions = SessionLimits.DEFAULT.subscriptionsPerConnection();

  @Option(
      names = "--max-sockets",
      paramLabel = "N",
      description = "Signalling sockets of the server.")
  private int sockets = SignallingLimits.DEFAULT.sockets();

  @Option(
      names = "--max-message-bytes",
      paramLabel = "N",
      description = "Size of one signalling message.")
  private int messageBytes = SignallingLimits.DEFAULT.messageBytes();

  @Option(
      names = "--max-messages-per-second",
      paramLabel = "N",
      description =
          "Signalling messages of one socket in the long run; four times as many at once.")
  private int messagesPerSecond = SignallingLimits.DEFAULT.messagesPerSecond();

  private static final int BURST_SECONDS = 4;

  SessionLimits session(CommandLine commandLine) {
    require(commandLine, "--max-connections", connections, 1, 10_000);
    require(commandLine, "--max-streams", streams, 1, 64);
    require(commandLine, "--max-subscriptions", subscriptions, 1, 256);
    return new SessionLimits(connections, streams, subscriptions);
  }

  SignallingLimits signalling(CommandLine commandLine) {
    SignallingLimits defaults = SignallingLimits.DEFAULT;
    require(commandLine, "--max-sockets", sockets, 1, 1_000_000);
    require(
        commandLine,
        "--max-message-bytes",
        messageBytes,
        defaults.firstMessageBytes(),
        8 * 1024 * 1024);
    require(commandLine, "--max-messages-per-second", messagesPerSecond, 1, 10_000);
    return new SignallingLimits(
        messageBytes,
        defaults.firstMessageBytes(),
        messagesPerSecond,
        messagesPerSecond * BURST_SECONDS,
        defaults.refusedMessages(),
        defaults.queuedMessages(),
        defaults.queuedChars(),
        sockets,
        Math.min(defaults.socketsBeforeConnect(), sockets),
        defaults.socketsBeforeConnectPerAddress(),
        sockets);
  }

  private static void require(CommandLine commandLine, String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new CommandLine.ParameterException(
          commandLine, "%s %d: %d to %d are possible".formatted(option, value, min, max));
    }
  }
}

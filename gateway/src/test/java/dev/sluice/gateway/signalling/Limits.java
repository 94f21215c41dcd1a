package dev.sluice.gateway.signalling;

import java.util.function.Consumer;

/** Limits that differ from the default in a thing or two. */
final class Limits {
  int messagesPerSecond = SignallingLimits.DEFAULT.messagesPerSecond();
  int messagesAtOnce = SignallingLimits.DEFAULT.messagesAtOnce();
  int refusedMessages = SignallingLimits.DEFAULT.refusedMessages();
  int queuedMessages = SignallingLimits.DEFAULT.queuedMessages();
  int queuedChars = SignallingLimits.DEFAULT.queuedChars();
  int sockets = SignallingLimits.DEFAULT.sockets();
  int socketsBeforeConnect = SignallingLimits.DEFAULT.socketsBeforeConnect();
  int perAddress = SignallingLimits.DEFAULT.socketsBeforeConnectPerAddress();
  int absent = SignallingLimits.DEFAULT.absentConnections();

  private Limits() {}

  static SignallingLimits with(Consumer<Limits> change) {
    Limits limits = new Limits();
    change.accept(limits);
    return new SignallingLimits(
        SignallingLimits.DEFAULT.messageBytes(),
        SignallingLimits.DEFAULT.firstMessageBytes(),
        limits.messagesPerSecond,
        limits.messagesAtOnce,
        limits.refusedMessages,
        limits.queuedMessages,
        limits.queuedChars,
        limits.sockets,
        limits.socketsBeforeConnect,
        limits.perAddress,
        limits.absent);
  }
}

package dev.sluice.gateway.signalling;

/** How fast a client may send, and how long it may go on after being told. */
final class MessagePace {
  private final TokenBucket bucket;
  private final int maxRefused;
  private int refusedInARow;

  MessagePace(SignallingLimits limits, long nowNanos) {
    bucket = new TokenBucket(limits.messagesPerSecond(), limits.messagesAtOnce(), nowNanos);
    maxRefused = limits.refusedMessages();
  }

  /** False when a message is one too many. */
  boolean admits(long nowNanos) {
    if (bucket.tryTake(nowNanos)) {
      refusedInARow = 0;
      return true;
    }
    refusedInARow++;
    return false;
  }

  /** True for who did not stop when refused. */
  boolean ignored() {
    return refusedInARow > maxRefused;
  }
}

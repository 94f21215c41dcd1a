package dev.sluice.gateway.signalling;

/**
 * How much a socket may ask for; each at least 1.
 *
 * @param messageBytes largest message of a connected client. An answer takes about 2 KiB of JSON
 *     per subscription with audio and video, so the default holds 200 of them
 * @param firstMessageBytes largest message before {@code connect} has succeeded
 * @param messagesPerSecond what a socket may send in the long run
 * @param messagesAtOnce what it may send without a pause
 * @param refusedMessages how many rate-limited messages in a row it may send before it is closed
 * @param queuedMessages outgoing messages that may wait for a slow reader
 * @param queuedChars their length together
 * @param sockets how many sockets may be open
 * @param socketsBeforeConnect how many of them without a successful {@code connect}
 */
public record SignallingLimits(
    int messageBytes,
    int firstMessageBytes,
    int messagesPerSecond,
    int messagesAtOnce,
    int refusedMessages,
    int queuedMessages,
    int queuedChars,
    int sockets,
    int socketsBeforeConnect) {
  public static final SignallingLimits DEFAULT =
      new SignallingLimits(
          512 * 1024, 32 * 1024, 50, 200, 100, 2048, 8 * 1024 * 1024, 20_000, 1000);

  public SignallingLimits {
    if (messageBytes < 1
        || firstMessageBytes < 1
        || messagesPerSecond < 1
        || messagesAtOnce < 1
        || refusedMessages < 1
        || queuedMessages < 1
        || queuedChars < 1
        || sockets < 1
        || socketsBeforeConnect < 1) {
      throw new IllegalArgumentException("a limit of signalling is less than 1");
    }
  }
}

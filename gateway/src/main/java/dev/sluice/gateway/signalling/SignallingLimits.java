package dev.sluice.gateway.signalling;

/**
 * How much a client may ask for; each at least 1.
 *
 * @param messageBytes largest message of a connected client. An answer takes about 2 KiB of JSON
 *     per subscription with audio and video, so the default holds 200 of them
 * @param firstMessageBytes largest message before {@code connect} has succeeded
 * @param messagesPerSecond what a socket may send in the long run
 * @param messagesAtOnce what it may send without a pause
 * @param refusedMessages how many rate-limited messages in a row it may send before it is closed
 * @param queuedMessages outgoing messages that may wait for a slow reader; as many are kept for a
 *     client that resumes
 * @param queuedChars their length together
 * @param sockets how many sockets may be open
 * @param socketsBeforeConnect how many of them without a successful {@code connect} or {@code
 *     resume}
 * @param socketsBeforeConnectPerAddress how many of those from one IPv4 address or one IPv6 /64
 * @param absentConnections how many connections without a socket may wait for their {@code resume}
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
    int socketsBeforeConnect,
    int socketsBeforeConnectPerAddress,
    int absentConnections) {
  public static final SignallingLimits DEFAULT =
      new SignallingLimits(
          512 * 1024, 32 * 1024, 50, 200, 100, 2048, 8 * 1024 * 1024, 20_000, 1000, 100, 20_000);

  public SignallingLimits {
    if (messageBytes < 1
        || firstMessageBytes < 1
        || messagesPerSecond < 1
        || messagesAtOnce < 1
        || refusedMessages < 1
        || queuedMessages < 1
        || queuedChars < 1
        || sockets < 1
        || socketsBeforeConnect < 1
        || socketsBeforeConnectPerAddress < 1
        || absentConnections < 1) {
      throw new IllegalArgumentException("a limit of signalling is less than 1");
    }
  }
}

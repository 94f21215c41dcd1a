package dev.sluice.testkit.network;

/** How much may wait before a bottleneck; what comes on top is dropped. */
public sealed interface QueueLimit {
  /** So many bytes. */
  record Bytes(long bytes) implements QueueLimit {}

  /** What the present capacity carries in so long, as of a token bucket filter's latency. */
  record Time(long nanos) implements QueueLimit {}

  /** Even the shortest queue holds two full packets, or nothing could ever be sent. */
  long MIN_BYTES = 3000;

  /** How many bytes that is at a capacity. */
  default long bytesAt(long capacityBps) {
    return switch (this) {
      case Bytes(long bytes) -> Math.max(MIN_BYTES, bytes);
      case Time(long nanos) ->
          Math.max(MIN_BYTES, (long) (capacityBps / 8.0 * (nanos / 1_000_000_000.0)));
    };
  }
}

package dev.sluice.router.estimate;

import java.util.Arrays;

/**
 * Measures a bitrate over the last half second of a clock that is not ours. A rate is that of the
 * bytes after an instant at which bytes came, so that it is exact for a path that is always busy.
 */
final class RateMeter {
  /** The rate is not known. */
  static final long UNKNOWN = -1;

  private static final long BUCKET_NANOS = 20_000_000;
  private static final int BUCKETS = 25;
  private static final int RECENT_BUCKETS = 10;
  private static final long LEAST_SPAN_NANOS = 100_000_000;

  private final long[] bytes = new long[BUCKETS];
  private final long[] latestNanos = new long[BUCKETS];
  private boolean started;
  private long lastBucket;
  private long newestNanos;

  /** Takes bytes; those of more than half a second before the newest are left out. */
  void add(long atNanos, int count) {
    long bucket = Math.floorDiv(atNanos, BUCKET_NANOS);
    if (!started) {
      started = true;
      lastBucket = bucket;
      newestNanos = atNanos;
    }
    if (bucket > lastBucket) {
      for (long each = Math.max(lastBucket + 1, bucket - BUCKETS + 1); each <= bucket; each++) {
        bytes[slot(each)] = 0;
      }
      lastBucket = bucket;
    } else if (bucket <= lastBucket - BUCKETS) {
      return;
    }
    int slot = slot(bucket);
    latestNanos[slot] = bytes[slot] == 0 ? atNanos : Math.max(latestNanos[slot], atNanos);
    bytes[slot] += count;
    newestNanos = Math.max(newestNanos, atNanos);
  }

  /** The rate in bit/s, or {@link #UNKNOWN} when what was taken spans less than 100 ms. */
  long bps() {
    return bps(BUCKETS);
  }

  /** The same over the last fifth of a second: what the path carries since it became less. */
  long recentBps() {
    return bps(RECENT_BUCKETS);
  }

  private long bps(int buckets) {
    if (!started) {
      return UNKNOWN;
    }
    long sum = 0;
    long first = lastBucket - buckets + 1;
    while (first < lastBucket && bytes[slot(first)] == 0) {
      first++;
    }
    for (long each = first + 1; each <= lastBucket; each++) {
      sum += bytes[slot(each)];
    }
    long spanNanos = newestNanos - latestNanos[slot(first)];
    return spanNanos < LEAST_SPAN_NANOS ? UNKNOWN : sum * 8_000_000_000L / spanNanos;
  }

  void reset() {
    started = false;
    Arrays.fill(bytes, 0);
  }

  private static int slot(long bucket) {
    return Math.floorMod(bucket, BUCKETS);
  }
}

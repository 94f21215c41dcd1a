package dev.sluice.router.estimate;

import java.util.Arrays;

/** The least of the values within a window of time, in steps of one bucket. */
final class SlidingMinimum {
  /** There was no value. */
  static final long NONE = Long.MAX_VALUE;

  private final long bucketNanos;
  private final long[] least;
  private boolean started;
  private long lastBucket;
  // Asked for with every packet, while buckets end now and then
  private long leastOfAll = NONE;

  SlidingMinimum(long windowNanos, int buckets) {
    bucketNanos = windowNanos / buckets;
    least = new long[buckets];
    Arrays.fill(least, NONE);
  }

  void add(long atNanos, long value) {
    long bucket = Math.floorDiv(atNanos, bucketNanos);
    if (!started) {
      started = true;
      lastBucket = bucket;
    }
    if (bucket > lastBucket) {
      long from = Math.max(lastBucket + 1, bucket - least.length + 1);
      for (long each = from; each <= bucket; each++) {
        least[slot(each)] = NONE;
      }
      lastBucket = bucket;
      leastOfAll = least();
    } else if (bucket <= lastBucket - least.length) {
      return;
    }
    int slot = slot(bucket);
    least[slot] = Math.min(least[slot], value);
    leastOfAll = Math.min(leastOfAll, value);
  }

  private long least() {
    long value = NONE;
    for (long each : least) {
      value = Math.min(value, each);
    }
    return value;
  }

  /** The least value, or {@link #NONE}. */
  long value() {
    return leastOfAll;
  }

  /** The least value of a past bucket, 0 being the newest, or {@link #NONE}. */
  long ofBucket(int age) {
    return least[slot(lastBucket - age)];
  }

  void reset() {
    started = false;
    Arrays.fill(least, NONE);
    leastOfAll = NONE;
  }

  private int slot(long bucket) {
    return Math.floorMod(bucket, least.length);
  }
}

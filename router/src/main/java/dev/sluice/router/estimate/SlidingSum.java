package dev.sluice.router.estimate;

import java.util.Arrays;

/** The sum of what came within a window of time, in steps of one bucket. */
final class SlidingSum {
  private final long bucketNanos;
  private final long[] amounts;
  private boolean started;
  private long lastBucket;

  SlidingSum(long windowNanos, int buckets) {
    bucketNanos = windowNanos / buckets;
    amounts = new long[buckets];
  }

  /** Takes an amount; one from before the window is left out. */
  void add(long atNanos, long amount) {
    long bucket = Math.floorDiv(atNanos, bucketNanos);
    if (!started) {
      started = true;
      lastBucket = bucket;
    }
    if (bucket > lastBucket) {
      long from = Math.max(lastBucket + 1, bucket - amounts.length + 1);
      for (long each = from; each <= bucket; each++) {
        amounts[slot(each)] = 0;
      }
      lastBucket = bucket;
    }
    if (bucket > lastBucket - amounts.length) {
      amounts[slot(bucket)] += amount;
    }
  }

  long sum() {
    long sum = 0;
    for (long each : amounts) {
      sum += each;
    }
    return sum;
  }

  void reset() {
    started = false;
    Arrays.fill(amounts, 0);
  }

  private int slot(long bucket) {
    return Math.floorMod(bucket, amounts.length);
  }
}

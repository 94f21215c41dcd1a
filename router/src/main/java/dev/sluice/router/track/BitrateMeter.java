package dev.sluice.router.track;

/** Measures a bitrate over the last second, in steps of 100 ms. */
final class BitrateMeter {
  private static final long BUCKET_NANOS = 100_000_000;
  private static final int BUCKETS = 10;
  private static final long BITS_PER_BYTE = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long[] bytes = new long[BUCKETS];
  private long firstBucket = Long.MIN_VALUE;
  private long lastBucket;

  void onBytes(int count, long nowNanos) {
    advance(nowNanos);
    bytes[slot(lastBucket)] += count;
  }

  /** The rate over the last second, or over the time since the first bytes when that is less. */
  long bitrateBps(long nowNanos) {
    if (firstBucket == Long.MIN_VALUE) {
      return 0;
    }
    advance(nowNanos);
    long sum = 0;
    for (long each : bytes) {
      sum += each;
    }
    long buckets = Math.min(BUCKETS, lastBucket - firstBucket + 1);
    return sum * BITS_PER_BYTE * NANOS_PER_SECOND / (buckets * BUCKET_NANOS);
  }

  private void advance(long nowNanos) {
    long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
    if (firstBucket == Long.MIN_VALUE) {
      firstBucket = bucket;
      lastBucket = bucket;
    }
    long from = Math.max(lastBucket + 1, bucket - BUCKETS + 1);
    for (long each = from; each <= bucket; each++) {
      bytes[slot(each)] = 0;
    }
    lastBucket = Math.max(lastBucket, bucket);
  }

  private static int slot(long bucket) {
    return Math.floorMod(bucket, BUCKETS);
  }
}

package dev.sluice.router.pace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was sent of each class in about the last second, on the wire. */
final class SentRates {
  private static final long BUCKET_NANOS = 100_000_000;
  // The last is being filled, the ten before make a second.
  private static final int BUCKETS = 11;
  private static final long MEASURED_NANOS = (BUCKETS - 1) * BUCKET_NANOS;
  private static final long NANOBITS_PER_BYTE = 8_000_000_000L;

  private final Map<SendClass, long[]> bytesOfClass = new EnumMap<>(SendClass.class);
  private final List<long[]> bytes = new ArrayList<>();
  private boolean started;
  private long startedNanos;
  private long bucket;

  SentRates() {
    for (SendClass each : SendClass.values()) {
      long[] buckets = new long[BUCKETS];
      bytesOfClass.put(each, buckets);
      bytes.add(buckets);
    }
  }

  void onSent(SendClass sendClass, int wireBytes, long nowNanos) {
    if (!started) {
      started = true;
      startedNanos = nowNanos;
      bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
    }
    advance(nowNanos);
    ofClass(sendClass)[slot(bucket)] += wireBytes;
  }

  boolean isMeasured(long nowNanos) {
    return started && nowNanos - startedNanos >= MEASURED_NANOS;
  }

  /** Of one class, in bit/s. */
  long bitrateBps(SendClass sendClass, long nowNanos) {
    if (!started) {
      return 0;
    }
    advance(nowNanos);
    return rate(sum(ofClass(sendClass)), nowNanos);
  }

  /** Of all classes but padding together, in bit/s. */
  long mediaBps(long nowNanos) {
    if (!started) {
      return 0;
    }
    advance(nowNanos);
    long sum = -sum(ofClass(SendClass.PADDING));
    for (int i = 0; i < bytes.size(); i++) {
      sum += sum(bytes.get(i));
    }
    return rate(sum, nowNanos);
  }

  private long[] ofClass(SendClass sendClass) {
    return requireNonNull(bytesOfClass.get(sendClass));
  }

  private static long sum(long[] buckets) {
    long sum = 0;
    for (long each : buckets) {
      sum += each;
    }
    return sum;
  }

  private long rate(long sum, long nowNanos) {
    long oldest = (bucket - BUCKETS + 1) * BUCKET_NANOS;
    long measured = nowNanos - Math.max(oldest, startedNanos);
    return sum * NANOBITS_PER_BYTE / Math.max(measured, BUCKET_NANOS);
  }

  private void advance(long nowNanos) {
    long now = Math.floorDiv(nowNanos, BUCKET_NANOS);
    if (now - bucket >= BUCKETS) {
      for (long[] each : bytes) {
        Arrays.fill(each, 0);
      }
      bucket = now;
    }
    while (bucket < now) {
      bucket++;
      for (int i = 0; i < bytes.size(); i++) {
        bytes.get(i)[slot(bucket)] = 0;
      }
    }
  }

  private static int slot(long bucket) {
    return Math.floorMod(bucket, BUCKETS);
  }
}

package dev.sluice.simulation.subscriber;

import java.util.Arrays;

/** Bytes over time, in steps of 100 ms. */
public final class ByteSeries {
  public static final long STEP_NANOS = 100_000_000;

  private long[] bytes = new long[600];

  void add(long nowNanos, int count) {
    int step = (int) (nowNanos / STEP_NANOS);
    if (step >= bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(step + 1, 2 * bytes.length));
    }
    bytes[step] += count;
  }

  /** The mean rate in bit/s of a span of time. */
  public double bitrateBps(long fromNanos, long toNanos) {
    int from = (int) (fromNanos / STEP_NANOS);
    int to = (int) (toNanos / STEP_NANOS);
    long sum = 0;
    for (int i = Math.max(0, from); i < Math.min(to, bytes.length); i++) {
      sum += bytes[i];
    }
    return to <= from ? 0 : sum * 8.0 * 1e9 / ((to - from) * (double) STEP_NANOS);
  }
}

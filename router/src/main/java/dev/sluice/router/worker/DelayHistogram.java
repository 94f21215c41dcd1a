package dev.sluice.router.worker;

/**
 * How long packets took, in buckets that grow with the delay: four to each doubling, from 1 µs to
 * about 1 s. Plain numbers, written and read by one thread; nothing is allocated by {@link
 * #record}.
 */
public final class DelayHistogram {
  /** Buckets; the last one takes all that is longer. */
  public static final int BUCKETS = 81;

  private static final int STEPS_PER_DOUBLING = 4;
  private static final int STEP_BITS = 2;
  private static final long FIRST_NANOS = 1_024;
  private static final int FIRST_EXPONENT = 10;

  private final long[] counts = new long[BUCKETS];
  private long totalNanos;

  DelayHistogram() {}

  /** Counts packets that took {@code delayNanos} each. */
  void record(long delayNanos, long packets) {
    counts[bucket(delayNanos)] += packets;
    totalNanos += delayNanos * packets;
  }

  private static int bucket(long delayNanos) {
    if (delayNanos <= FIRST_NANOS) {
      return 0;
    }
    long below = delayNanos - 1;
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(below);
    int step = (int) (below >> (exponent - STEP_BITS)) & (STEPS_PER_DOUBLING - 1);
    return Math.min(BUCKETS - 1, (exponent - FIRST_EXPONENT) * STEPS_PER_DOUBLING + step + 1);
  }

  /** The longest delay in nanoseconds that a bucket takes; the last one takes longer ones too. */
  public static long upperBoundNanos(int bucket) {
    if (bucket == 0) {
      return FIRST_NANOS;
    }
    int doublings = (bucket - 1) / STEPS_PER_DOUBLING;
    int step = (bucket - 1) % STEPS_PER_DOUBLING;
    long start = FIRST_NANOS << doublings;
    return start + start / STEPS_PER_DOUBLING * (step + 1);
  }

  /** Packets by bucket; a copy. */
  public long[] counts() {
    return counts.clone();
  }

  /** The sum of the delays of all packets. */
  public long totalNanos() {
    return totalNanos;
  }
}

package dev.sluice.router.estimate;

/**
 * What the intervals between packets that waited tell of the bottleneck before which they did. It
 * serves one after the other: an interval is as long as it takes to serve the later packet and
 * whatever of others came between the two. Where nobody else sends, all intervals are in proportion
 * to the sizes of the packets, and the rate is that of the bottleneck; where others do, those of
 * two packets with nothing in between are far shorter than the rest.
 */
final class Bottleneck {
  /** The rate is not known. */
  static final long UNKNOWN = RateMeter.UNKNOWN;

  private static final int CAPACITY = 64;
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;
  private static final long LEAST_QUEUE_NANOS = 6_000_000;
  // What waits for less long may still be of before a path became narrower
  private static final long LONG_QUEUE_NANOS = 50_000_000;
  private static final long WINDOW_NANOS = 1_000_000_000;
  private static final int BUCKETS = 4;
  // Packets that were held up together, by Wi-Fi or a receiver that did not run, come at once
  private static final long LEAST_INTERVAL_NANOS = 500_000;
  private static final int LEAST_INTERVALS = 4;
  private static final long LEAST_SPAN_NANOS = 60_000_000;
  private static final long MOST_SPAN_NANOS = 400_000_000;
  private static final double EVEN = 1.25;
  // Packets of one size, sent evenly, arrive evenly whoever else sends
  private static final int DIFFERENT = 2;
  private static final int FASTER = 2;

  private final long[] intervals = new long[CAPACITY];
  private final int[] bytes = new int[CAPACITY];
  // Of packets that came one after the other and waited
  private int count;
  private int next;
  private boolean begun;
  private boolean waited;
  private long newestNanos;
  // Negative, for the minimum of them to be the fastest
  private final SlidingMinimum fastest = new SlidingMinimum(WINDOW_NANOS, BUCKETS);
  private long latestAloneBps = UNKNOWN;
  private long aloneBps = UNKNOWN;
  private long aloneNanos;

  /**
   * A packet has arrived.
   *
   * @param arrivalNanos on the receiver's clock
   * @param queueNanos how much longer it took than on the empty path
   */
  void add(int wireBytes, long arrivalNanos, long queueNanos) {
    if (begun && arrivalNanos < newestNanos) {
      // Overtaken: the interval after it was not its own
      return;
    }
    boolean waits = queueNanos >= LEAST_QUEUE_NANOS;
    if (waits && waited) {
      long intervalNanos = arrivalNanos - newestNanos;
      keep(wireBytes, intervalNanos);
      if (queueNanos >= LONG_QUEUE_NANOS && intervalNanos >= LEAST_INTERVAL_NANOS) {
        onRate((long) (wireBytes * BIT_NANOS_PER_BYTE / intervalNanos), arrivalNanos);
      }
    } else {
      count = 0;
    }
    begun = true;
    waited = waits;
    newestNanos = arrivalNanos;
  }

  private void keep(int wireBytes, long intervalNanos) {
    intervals[next] = intervalNanos;
    bytes[next] = wireBytes;
    next = slot(next + 1);
    count = Math.min(count + 1, CAPACITY);
  }

  private void onRate(long bps, long arrivalNanos) {
    fastest.add(arrivalNanos, -bps);
    if (aloneBps != UNKNOWN && bps > FASTER * aloneBps) {
      aloneBps = UNKNOWN;
    }
  }

  /** The packets of one feedback have been added. */
  void onFeedbackEnd() {
    latestAloneBps = evenBps();
    if (latestAloneBps != UNKNOWN) {
      aloneBps = latestAloneBps;
      aloneNanos = newestNanos;
    }
  }

  /** The rate of the latest packets, if it is even: else nothing is known. */
  private long evenBps() {
    long spanNanos = 0;
    long sum = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int age = 1; age <= count && spanNanos <= MOST_SPAN_NANOS; age++) {
      int size = bytes[slot(next - age)];
      spanNanos += intervals[slot(next - age)];
      sum += size;
      least = Math.min(least, size);
      most = Math.max(most, size);
      if (age >= LEAST_INTERVALS && spanNanos >= LEAST_SPAN_NANOS && most >= DIFFERENT * least) {
        double bps = sum * BIT_NANOS_PER_BYTE / spanNanos;
        return isEven(age, bps) ? (long) bps : UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  private boolean isEven(int taken, double bps) {
    for (int age = 1; age <= taken; age++) {
      double eachBps = bytes[slot(next - age)] * BIT_NANOS_PER_BYTE / intervals[slot(next - age)];
      if (eachBps > bps * EVEN || eachBps < bps / EVEN) {
        return false;
      }
    }
    return true;
  }

  /** Its rate in bit/s, if the latest packets show that nobody else sends; else unknown. */
  long latestAloneBps() {
    return latestAloneBps;
  }

  /** The same, if packets of the last second have shown it and none since that it is not so. */
  long aloneBps() {
    return newestNanos - aloneNanos <= WINDOW_NANOS ? aloneBps : UNKNOWN;
  }

  /**
   * The rate at which it serves whoever sends, as the fastest interval tells of the last second in
   * which there was a long queue, in bit/s; 0 while there was none.
   */
  long servedBps() {
    long fastestBps = fastest.value() == SlidingMinimum.NONE ? 0 : -fastest.value();
    return aloneBps() == UNKNOWN ? fastestBps : Math.min(fastestBps, aloneBps);
  }

  /** Forgets everything. */
  void reset() {
    count = 0;
    begun = false;
    waited = false;
    fastest.reset();
    latestAloneBps = UNKNOWN;
    aloneBps = UNKNOWN;
  }

  private static int slot(int index) {
    return Math.floorMod(index, CAPACITY);
  }
}

package dev.sluice.router.estimate;

/**
 * What the bottleneck of the path lets through, measured on packets that waited before it: as long
 * as there is a queue it is always busy, so that they come at its rate, however little was sent
 * before. A window of time would be filled with that, too.
 */
final class BusyPeriod {
  /** The rate is not known. */
  static final long UNKNOWN = RateMeter.UNKNOWN;

  private static final int CAPACITY = 128;
  private static final long LEAST_QUEUE_NANOS = 6_000_000;
  private static final long LONGEST_NANOS = 400_000_000;
  private static final long LEAST_SPAN_NANOS = 60_000_000;
  private static final long LEAST_GROWTH_NANOS = 5_000_000;
  private static final int LEAST_INTERVALS = 3;
  private static final double EVEN = 1.5;
  private static final long ONE_BY_ONE_NANOS = 20_000_000;
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;

  private final SentPackets sent;
  private final long[] sequences = new long[CAPACITY];
  private final long[] arrivals = new long[CAPACITY];
  private final int[] bytes = new int[CAPACITY];
  private final long[] queues = new long[CAPACITY];
  // Of the packets that came one after the other without the queue being empty in between
  private int packets;
  private int next;

  BusyPeriod(SentPackets sent) {
    this.sent = sent;
  }

  /**
   * A packet has arrived.
   *
   * @param queueNanos how much longer it took than on the empty path
   */
  void add(long sequence, long arrivalNanos, long queueNanos) {
    if (packets > 0 && arrivalNanos < newest()) {
      // Overtaken: its bytes belong to a time that was measured without them
      return;
    }
    // The first of a period is where the measurement begins
    packets = queueNanos < LEAST_QUEUE_NANOS ? 1 : Math.min(packets + 1, CAPACITY);
    sequences[slot(next)] = sequence;
    arrivals[slot(next)] = arrivalNanos;
    bytes[slot(next)] = sent.wireBytes(sequence);
    queues[slot(next)] = queueNanos;
    next = slot(next + 1);
  }

  /**
   * The rate in bit/s, of at most 0.4 s; unknown while there is no queue, or too little of it. The
   * longest pause and the packet after it count for nothing: a path that became longer, or a
   * receiver that was not in time, would seem to be slow.
   */
  long bps() {
    int intervals = intervals();
    if (intervals < 2) {
      return UNKNOWN;
    }
    long sum = 0;
    for (int age = 1; age <= intervals; age++) {
      sum += bytes[slot(next - age)];
    }
    long spanNanos = newest() - arrivals[slot(next - intervals - 1)];
    if (intervals == 2 && spanNanos >= LEAST_SPAN_NANOS && isEven(sum, spanNanos)) {
      return (long) (sum * BIT_NANOS_PER_BYTE / spanNanos);
    }
    int pauseAge = pauseAge(intervals);
    spanNanos -= intervalNanos(pauseAge);
    return intervals < LEAST_INTERVALS || spanNanos < LEAST_SPAN_NANOS
        ? UNKNOWN
        : (long) ((sum - bytes[slot(next - pauseAge)]) * BIT_NANOS_PER_BYTE / spanNanos);
  }

  /** How many intervals between two packets lie in the last 0.4 s. */
  private int intervals() {
    int count = 0;
    while (count < packets - 1 && newest() - arrivals[slot(next - count - 2)] <= LONGEST_NANOS) {
      count++;
    }
    return count;
  }

  /** Which packet, counted from the newest as 1, came after the longest pause before it. */
  private int pauseAge(int intervals) {
    int longest = 1;
    for (int age = 2; age <= intervals; age++) {
      if (intervalNanos(age) > intervalNanos(longest)) {
        longest = age;
      }
    }
    return longest;
  }

  private long intervalNanos(int age) {
    return arrivals[slot(next - age)] - arrivals[slot(next - age - 1)];
  }

  private long newest() {
    return arrivals[slot(next - 1)];
  }

  /**
   * Whether the last two packets came at the same rate, each for itself, and none is missing that
   * may have got lost behind the bottleneck.
   */
  private boolean isEven(long sum, long spanNanos) {
    int last = slot(next - 1);
    if (sequences[last] - sequences[slot(last - 2)] != 2) {
      return false;
    }
    double lastShare = (double) (arrivals[last] - arrivals[slot(last - 1)]) / spanNanos;
    double expected = (double) bytes[last] / sum;
    return lastShare > expected / EVEN
        && lastShare < expected * EVEN
        && 1 - lastShare > (1 - expected) / EVEN
        && 1 - lastShare < (1 - expected) * EVEN;
  }

  /**
   * How fast the packets of that time were sent, with those among them that did not arrive, in
   * bit/s; unknown like {@link #bps}.
   */
  long offeredBps() {
    int intervals = intervals();
    if (intervals == 0) {
      return UNKNOWN;
    }
    long first = sequences[slot(next - intervals - 1)];
    long last = sequences[slot(next - 1)];
    long spanNanos = sent.sendNanos(last) - sent.sendNanos(first);
    if (spanNanos <= 0 || last - first >= SentPackets.CAPACITY) {
      return UNKNOWN;
    }
    long sum = 0;
    for (long each = first + 1; each <= last; each++) {
      sum += sent.wireBytes(each);
    }
    return (long) (sum * BIT_NANOS_PER_BYTE / spanNanos);
  }

  /**
   * Whether packets have come one by one since the longest pause, as through a bottleneck. After a
   * receiver did not run for a while they come at once.
   */
  boolean comesOneByOne() {
    int intervals = intervals();
    if (intervals == 0) {
      return false;
    }
    int afterPause = slot(next - pauseAge(intervals));
    long sentIn = sent.sendNanos(sequences[slot(next - 1)]) - sent.sendNanos(sequences[afterPause]);
    return newest() - arrivals[afterPause] >= Math.max(ONE_BY_ONE_NANOS, sentIn / 2);
  }

  /**
   * Whether the queue has become longer in that time, by the quickest packets of both halves of it.
   * The delay of a path that became longer stays the same.
   */
  boolean grows() {
    int taken = Math.min(intervals() + 1, packets - 1);
    long later = Long.MAX_VALUE;
    long earlier = Long.MAX_VALUE;
    for (int age = 1; age <= taken; age++) {
      long queue = queues[slot(next - age)];
      if (age <= taken / 2) {
        later = Math.min(later, queue);
      } else {
        earlier = Math.min(earlier, queue);
      }
    }
    return taken >= 2 && later - earlier >= LEAST_GROWTH_NANOS;
  }

  void reset() {
    packets = 0;
  }

  private static int slot(int index) {
    return Math.floorMod(index, CAPACITY);
  }
}

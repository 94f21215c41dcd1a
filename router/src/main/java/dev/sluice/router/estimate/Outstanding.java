package dev.sluice.router.estimate;

/**
 * What was sent and is not told of yet: how much that is, and whether feedback on it should have
 * come by now. Both tell of a path that breaks down sooner than what arrives does.
 */
final class Outstanding {
  private static final long UNKNOWN = SentPackets.UNKNOWN;
  private static final long QUICKEST_NANOS = 600_000_000;
  private static final int QUICKEST_BUCKETS = 3;
  // As late as feedback has been while there was no queue, and half as much again
  private static final long LATENESS_NANOS = 4_000_000_000L;
  private static final int LATENESS_BUCKETS = 4;
  private static final double PATIENCE = 1.5;
  private static final long LEAST_MARGIN_NANOS = 50_000_000;
  private static final long MOST_MARGIN_NANOS = 100_000_000;
  private static final double NEW_IN_ROUND_TRIP = 0.2;
  // Of what was on its way when feedback was overdue: with less of it told, hardly anything arrives
  private static final double TOLD_IN_TIME = 0.1;

  private final SentPackets sent;
  private final SlidingMinimum quickest = new SlidingMinimum(QUICKEST_NANOS, QUICKEST_BUCKETS);
  // Negative, for the minimum of them to be the latest
  private final SlidingMinimum lateness = new SlidingMinimum(LATENESS_NANOS, LATENESS_BUCKETS);
  private long newestTold = UNKNOWN;
  private long firstTold = UNKNOWN;
  private long bytes;
  private long roundTripNanos;
  private boolean overdue;
  private long untilInTimeBytes;

  Outstanding(SentPackets sent) {
    this.sent = sent;
  }

  void onSent(int wireBytes) {
    bytes += wireBytes;
  }

  /** Feedback tells of a packet: what was sent before is not on its way any more either. */
  void onTold(long sequence) {
    long bytesBefore = bytes;
    if (newestTold == UNKNOWN) {
      firstTold = sequence;
      count(sequence);
    } else if (sequence > newestTold) {
      firstTold = firstTold == UNKNOWN ? oldest() : firstTold;
      if (sent.newest() - newestTold >= SentPackets.CAPACITY) {
        // The sizes of the oldest are forgotten
        count(sequence);
      } else {
        for (long each = newestTold + 1; each <= sequence; each++) {
          bytes -= sent.wireBytes(each);
        }
      }
    } else {
      return;
    }
    newestTold = sequence;
    untilInTimeBytes -= bytesBefore - bytes;
  }

  private void count(long told) {
    bytes = 0;
    for (long each = told + 1; each <= sent.newest(); each++) {
      bytes += sent.wireBytes(each);
    }
  }

  private long oldest() {
    return Math.max(newestTold + 1, sent.newest() - SentPackets.CAPACITY + 1);
  }

  /**
   * The packets of one feedback have been told of.
   *
   * @param usual whether there is no queue, so that what is late now may be so again
   */
  void onFeedbackEnd(boolean usual, long nowNanos) {
    if (firstTold != UNKNOWN) {
      measure(usual, nowNanos);
    }
    onTick(nowNanos);
  }

  private void measure(boolean usual, long nowNanos) {
    // Of the first that feedback told of: it has waited for the feedback for longest
    long responseNanos = Math.max(0, nowNanos - sent.sendNanos(firstTold));
    quickest.add(nowNanos, responseNanos);
    if (usual) {
      lateness.add(nowNanos, quickest.value() - responseNanos);
    }
    firstTold = UNKNOWN;
    long sampleNanos = Math.max(0, nowNanos - sent.sendNanos(newestTold));
    roundTripNanos =
        roundTripNanos == 0
            ? sampleNanos
            : roundTripNanos + (long) (NEW_IN_ROUND_TRIP * (sampleNanos - roundTripNanos));
  }

  /** The newest packet that feedback told of, or {@link SentPackets#UNKNOWN}. */
  long newestTold() {
    return newestTold;
  }

  /** On the wire. */
  long bytes() {
    return Math.max(0, bytes);
  }

  /** How long packets are on their way, with the wait for the feedback on them; 0 at first. */
  long responseNanos() {
    return quickest.value() == SlidingMinimum.NONE ? 0 : quickest.value();
  }

  /** Time passes. */
  void onTick(long nowNanos) {
    boolean late = isLate(nowNanos);
    if (late && !overdue) {
      untilInTimeBytes = (long) (TOLD_IN_TIME * bytes());
    }
    overdue = late || (overdue && untilInTimeBytes > 0);
  }

  /**
   * Whether feedback is later than it should be, or has been and has told of hardly anything since:
   * a path that breaks down lets a packet through now and then.
   */
  boolean isOverdue(long nowNanos) {
    return overdue || isLate(nowNanos);
  }

  private boolean isLate(long nowNanos) {
    return newestTold != UNKNOWN
        && newestTold != sent.newest()
        && quickest.value() != SlidingMinimum.NONE
        && nowNanos - sent.sendNanos(oldest()) > quickest.value() + marginNanos();
  }

  private long marginNanos() {
    long latest = lateness.value() == SlidingMinimum.NONE ? 0 : -lateness.value();
    return Math.clamp((long) (PATIENCE * latest), LEAST_MARGIN_NANOS, MOST_MARGIN_NANOS);
  }

  /** The smoothed time from the sending of a packet to the feedback that tells of it at once. */
  long roundTripNanos() {
    return roundTripNanos;
  }
}

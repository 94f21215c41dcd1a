package dev.sluice.simulation.subscriber;

import java.util.Arrays;

/**
 * When each piece of a sound arrived, as itself or as redundancy. Those that were lost by chance
 * are no fault of the router's and count for nothing.
 */
public final class SoundLog {
  private static final float MISSING = Float.NaN;

  /**
   * What is so late has been played over, although sound that comes late in its order is stretched
   * and played late.
   */
  static final long TOO_LATE_NANOS = 1_000_000_000;

  /** The same for a piece that comes behind those after it, which don't wait for it for long. */
  static final long REPEAT_TOO_LATE_NANOS = 500_000_000;

  private final long packetNanos;
  private float[] delaysMillis = new float[1024];
  private long[] capturedNanos = new long[1024];
  private boolean[] byChance = new boolean[1024];
  private int first = Integer.MAX_VALUE;
  private int end;

  SoundLog(long packetNanos) {
    this.packetNanos = packetNanos;
    Arrays.fill(delaysMillis, MISSING);
  }

  /**
   * A piece arrived.
   *
   * @param delayNanos how much longer than on an empty path it took
   * @param inOrder whether none came before it that was recorded after it
   */
  void onArrival(int index, long captured, long delayNanos, boolean inOrder) {
    reserve(index, captured);
    long tooLateNanos = inOrder ? TOO_LATE_NANOS : REPEAT_TOO_LATE_NANOS;
    if (Float.isNaN(delaysMillis[index]) && delayNanos <= tooLateNanos) {
      delaysMillis[index] = delayNanos / 1e6f;
    }
  }

  /** A piece left the router. */
  void onSent(int index, long captured) {
    reserve(index, captured);
  }

  /** Ends the log: what was recorded until a second ago should have come. */
  void close(long nowNanos) {
    if (first < end) {
      long sinceNanos = nowNanos - TOO_LATE_NANOS - capturedNanos[end - 1];
      int silent = (int) (sinceNanos / packetNanos);
      if (silent > 0) {
        reserve(end - 1 + silent, capturedNanos[end - 1] + silent * packetNanos);
      }
    }
  }

  void onLostByChance(int index, long captured) {
    reserve(index, captured);
    byChance[index] = true;
  }

  private void reserve(int index, long captured) {
    if (index >= delaysMillis.length) {
      int before = delaysMillis.length;
      int size = Math.max(2 * before, index + 1);
      delaysMillis = Arrays.copyOf(delaysMillis, size);
      Arrays.fill(delaysMillis, before, size, MISSING);
      capturedNanos = Arrays.copyOf(capturedNanos, size);
      byChance = Arrays.copyOf(byChance, size);
    }
    if (first == Integer.MAX_VALUE) {
      first = index;
    }
    // Pieces that never came were recorded in between.
    for (int each = Math.max(first, end); each <= index; each++) {
      capturedNanos[each] = captured - (index - each) * packetNanos;
    }
    end = Math.max(end, index + 1);
  }

  /** The share, 0 to 1, of what was recorded in a span of time that was never heard. */
  public double lossIn(long fromNanos, long toNanos) {
    int expected = 0;
    int lost = 0;
    for (int i = indexOf(fromNanos); i < end && capturedNanos[i] < toNanos; i++) {
      if (Float.isNaN(delaysMillis[i])) {
        lost += byChance[i] ? 0 : 1;
        expected += byChance[i] ? 0 : 1;
      } else {
        expected++;
      }
    }
    return expected == 0 ? 0 : (double) lost / expected;
  }

  /** The largest such share of any stretch of a length. */
  public double worstLossIn(long fromNanos, long toNanos, long lengthNanos) {
    long stepNanos = lengthNanos / 10;
    double worst = 0;
    for (long at = fromNanos; at < toNanos; at += stepNanos) {
      worst = Math.max(worst, lossIn(at, Math.min(toNanos, at + lengthNanos)));
      if (at + lengthNanos >= toNanos) {
        break;
      }
    }
    return worst;
  }

  /** The added delay in milliseconds that this share of a span's pieces stays below; else 0. */
  public double delayMillisIn(long fromNanos, long toNanos, double quantile) {
    int start = indexOf(fromNanos);
    int stop = Math.max(start, indexOf(toNanos));
    float[] sorted = Arrays.copyOfRange(delaysMillis, start, stop);
    // NaN sorts behind everything else.
    Arrays.sort(sorted);
    int count = sorted.length;
    while (count > 0 && Float.isNaN(sorted[count - 1])) {
      count--;
    }
    return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (quantile * count))];
  }

  private int indexOf(long nanos) {
    if (first >= end) {
      return end;
    }
    long guess = first + Math.floorDiv(nanos - capturedNanos[first], packetNanos);
    int index = Math.clamp(guess, first, end);
    while (index > first && capturedNanos[index - 1] >= nanos) {
      index--;
    }
    while (index < end && capturedNanos[index] < nanos) {
      index++;
    }
    return index;
  }
}

package dev.sluice.testkit.network;

import java.util.ArrayList;
import java.util.List;

/** What a path is like over time: conditions that hold until the next ones. Immutable. */
public final class PathTrace {
  /** Conditions from a moment on. */
  public record Phase(long fromNanos, PathConditions conditions) {}

  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Phase> phases;

  private PathTrace(List<Phase> phases) {
    this.phases = List.copyOf(phases);
  }

  /** The same for ever. */
  public static PathTrace constant(PathConditions conditions) {
    return new PathTrace(List.of(new Phase(Long.MIN_VALUE, conditions)));
  }

  /**
   * These too, from a moment on.
   *
   * @throws IllegalArgumentException when that is not after the moments before
   */
  public PathTrace then(long fromNanos, PathConditions conditions) {
    if (fromNanos <= phases.getLast().fromNanos()) {
      throw new IllegalArgumentException(
          "%d ns after %d ns".formatted(fromNanos, phases.getLast().fromNanos()));
    }
    List<Phase> longer = new ArrayList<>(phases);
    longer.add(new Phase(fromNanos, conditions));
    return new PathTrace(longer);
  }

  /** In the order of time. */
  public List<Phase> phases() {
    return phases;
  }

  /** What holds at a moment. */
  public PathConditions at(long nanos) {
    return phases.get(indexAt(nanos)).conditions();
  }

  private int indexAt(long nanos) {
    int low = 0;
    int high = phases.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (phases.get(middle).fromNanos() <= nanos) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** When the bottleneck is through with so many bytes; {@link Long#MAX_VALUE} for never. */
  long carriedBy(long startNanos, long bytes) {
    double bits = bytes * BITS_PER_BYTE;
    long now = startNanos;
    for (int i = indexAt(startNanos); i < phases.size(); i++) {
      long endNanos = i + 1 < phases.size() ? phases.get(i + 1).fromNanos() : Long.MAX_VALUE;
      long capacityBps = phases.get(i).conditions().capacityBps();
      if (capacityBps > 0) {
        double needed = bits * NANOS_PER_SECOND / capacityBps;
        if (needed <= (double) endNanos - now) {
          return now + (long) Math.ceil(needed);
        }
        bits -= ((double) endNanos - now) * capacityBps / NANOS_PER_SECOND;
      }
      now = endNanos;
    }
    return Long.MAX_VALUE;
  }
}

package dev.sluice.router.allocation;

import java.util.List;

/**
 * What one video may get: levels from -1, nothing, over 0, the lowest rung, to {@code top}.
 *
 * @param floor the level it has in any case
 * @param readable the level that comes before others get more than their floor; the floor for most
 * @param top the level above which it gets nothing more
 * @param weight how much it counts where bits are shared out
 */
record Claim(VideoDemand demand, int floor, int readable, int top, double weight) {
  static final int NOTHING = -1;

  // More than any network carries, and few enough for the sum of all videos.
  private static final long MOST_BPS = 1_000_000_000_000L;

  static Claim of(VideoDemand demand, AllocationSettings.Sharing sharing) {
    int best = demand.ladder().size() - 1;
    int top =
        switch (demand.permission()) {
          case NONE -> NOTHING;
          case BASE -> Math.min(0, best);
          case ALL -> best;
        };
    int floor = demand.exempt() ? top : Math.min(0, top);
    int readable =
        Importance.isProminent(demand) ? readable(demand, sharing.readableHeight()) : floor;
    return new Claim(
        demand,
        floor,
        Math.max(floor, Math.min(readable, top)),
        top,
        Importance.weight(demand, sharing));
  }

  /** Of the rungs whose height comes nearest the cheapest; 0 when no height is known. */
  private static int readable(VideoDemand demand, int height) {
    List<Rung> ladder = demand.ladder();
    int nearest = 0;
    int nearestDistance = Integer.MAX_VALUE;
    for (int level = 0; level < ladder.size(); level++) {
      // A phone held upright: its lines are as long as another picture is high
      int lines = Math.min(ladder.get(level).width(), ladder.get(level).height());
      int distance = Math.abs(lines - height);
      if (lines > 0 && distance < nearestDistance) {
        nearest = level;
        nearestDistance = distance;
      }
    }
    return nearest;
  }

  int id() {
    return demand.id();
  }

  Rung rung(int level) {
    return demand.ladder().get(level);
  }

  /** What a level costs, judged carefully, in bit/s. */
  long costBps(int level) {
    return level == NOTHING ? 0 : Math.clamp(rung(level).costBps(), 1, MOST_BPS);
  }

  /** What a level takes at least, in bit/s. */
  long leastBps(int level) {
    return level == NOTHING ? 0 : Math.clamp(rung(level).leastBps(), 0, costBps(level));
  }

  /** What the level above one gives for each bit: quality grows with the logarithm of the rate. */
  double gain(int level) {
    double from = costBps(level);
    double to = costBps(level + 1);
    return to <= from ? Double.POSITIVE_INFINITY : weight * Math.log(to / from) / (to - from);
  }

  /** The same with less to be had. */
  Claim upTo(int level) {
    int lower = Math.max(floor, Math.min(level, top));
    return new Claim(demand, floor, Math.min(readable, lower), lower, weight);
  }

  /** The highest level with the spatial layer of another one, not above {@code most}. */
  int sameSpatial(int level, int most) {
    int highest = level;
    while (highest < most && isSameSpatial(level, highest + 1)) {
      highest++;
    }
    return highest;
  }

  /** What all temporal layers of a level's spatial layer cost together, in bit/s. */
  long wholeCostBps(int level) {
    return costBps(sameSpatial(level, demand.ladder().size() - 1));
  }

  boolean isSameSpatial(int level, int other) {
    return level == other
        || (level != NOTHING && other != NOTHING && rung(level).isSameSpatial(rung(other)));
  }
}

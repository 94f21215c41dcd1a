package dev.sluice.router.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Videos and the levels they are given, raised one by one: first who is to be readable, in the
 * order of importance, then where a bit gives most. The order of the raises doesn't depend on the
 * budget, and a raise that is too much for it ends those of the video and of all that are more
 * important: otherwise a few bits more, which let that raise fit, would take from them what they
 * had.
 */
final class Filling {
  // Half a second's worth of its spatial layer is through in two thirds of a second
  private static final double KEY_FRAME_SHARE = 0.75;

  private final List<Claim> claims;
  private final int[] levels;
  private final boolean[] done;
  private long costBps;

  private Filling(List<Claim> claims, int[] levels) {
    this.claims = claims;
    this.levels = levels;
    this.done = new boolean[levels.length];
    for (int i = 0; i < levels.length; i++) {
      costBps += claims.get(i).costBps(levels[i]);
    }
  }

  /** Begins with what everybody has in any case, even if it is more than there is. */
  static Filling fromFloors(List<Claim> claims) {
    return new Filling(claims, claims.stream().mapToInt(Claim::floor).toArray());
  }

  /** Begins with the levels at the claims' places. */
  static Filling of(List<Claim> claims, int[] levels) {
    return new Filling(claims, levels.clone());
  }

  /** Another one that begins with the levels of this. */
  Filling onwards() {
    return of(claims, levels);
  }

  /** Another one that begins with what the same videos have in any case. */
  Filling fromFloors() {
    return fromFloors(claims);
  }

  /** Another one that begins there too, and raises nothing above the levels of this. */
  Filling onlyUpToHere() {
    List<Claim> limited = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      limited.add(claims.get(i).upTo(levels[i]));
    }
    return fromFloors(limited);
  }

  /** The same videos with other levels. */
  Filling with(int[] others) {
    return of(claims, others);
  }

  /**
   * Raises what fits.
   *
   * @return how many raises there were
   */
  int raiseWithin(long budgetBps) {
    int raises = 0;
    for (int i; (i = next()) >= 0; ) {
      if (costBps + deltaBps(i) > budgetBps) {
        Arrays.fill(done, 0, i + 1, true);
      } else {
        raise(i);
        raises++;
      }
    }
    return raises;
  }

  /** Makes the next raise, whatever it costs; false when there is none left. */
  boolean raiseOnce() {
    int i = next();
    if (i < 0) {
      return false;
    }
    raise(i);
    return true;
  }

  int size() {
    return levels.length;
  }

  Claim claim(int i) {
    return claims.get(i);
  }

  int level(int i) {
    return levels[i];
  }

  /** What the levels cost together, judged carefully, in bit/s. */
  long costBps() {
    return costBps;
  }

  /** What they take at least, in bit/s. */
  long leastBps() {
    long sum = 0;
    for (int i = 0; i < levels.length; i++) {
      sum += claims.get(i).leastBps(levels[i]);
    }
    return sum;
  }

  /** Whether anything could be raised if there were the bits. */
  boolean canRise() {
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] < claims.get(i).top()) {
        return true;
      }
    }
    return false;
  }

  boolean hasSameLevelsAs(Filling other) {
    return Arrays.equals(levels, other.levels);
  }

  /**
   * How much better this is than another one of the same videos: the mean of what they gain, by
   * their weights, as a logarithm of the rate.
   */
  double gainOver(Filling other) {
    double gain = 0;
    double weights = 0;
    for (int i = 0; i < levels.length; i++) {
      Claim claim = claims.get(i);
      double from = Math.max(1, claim.costBps(other.levels[i]));
      double to = Math.max(1, claim.costBps(levels[i]));
      gain += claim.weight() * Math.log(to / from);
      weights += claim.weight();
    }
    return weights == 0 ? 0 : gain / weights;
  }

  /**
   * What the path must carry for the levels to be reached from others without a picture standing
   * still for long, in bit/s: a key frame has the size that all temporal layers of its spatial
   * layer make for, however few of them are wanted.
   */
  long entryBps(Filling from) {
    long most = costBps;
    for (int i = 0; i < levels.length; i++) {
      if (isEntering(from, i, levels[i])) {
        Claim claim = claims.get(i);
        long others = costBps - claim.costBps(levels[i]);
        most = Math.max(most, others + (long) (KEY_FRAME_SHARE * claim.wholeCostBps(levels[i])));
      }
    }
    return most;
  }

  /**
   * The same levels, those that are reached by a key frame only where that fits, too; else the best
   * below that are.
   */
  Filling enteredFrom(Filling from, long budgetBps) {
    int[] entered = levels.clone();
    Filling filling = this;
    for (int i = levels.length - 1; i >= 0; i--) {
      while (isEntering(from, i, entered[i]) && filling.entryBps(from) > budgetBps) {
        entered[i]--;
        filling = with(entered);
      }
    }
    return filling;
  }

  private boolean isEntering(Filling from, int i, int level) {
    return level > from.levels[i] && !claims.get(i).isSameSpatial(from.levels[i], level);
  }

  private void raise(int i) {
    costBps += deltaBps(i);
    levels[i]++;
  }

  private long deltaBps(int i) {
    Claim claim = claims.get(i);
    return claim.costBps(levels[i] + 1) - claim.costBps(levels[i]);
  }

  private int next() {
    int best = -1;
    double bestGain = 0;
    for (int i = 0; i < levels.length; i++) {
      Claim claim = claims.get(i);
      if (done[i] || levels[i] >= claim.top()) {
        continue;
      }
      if (levels[i] < claim.readable()) {
        return i;
      }
      double gain = claim.gain(levels[i]);
      if (best < 0 || gain > bestGain) {
        best = i;
        bestGain = gain;
      }
    }
    return best;
  }
}

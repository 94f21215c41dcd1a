package dev.sluice.router.allocation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each video was granted last, and since when. */
final class Standings {
  // The measured costs of the same layers differ from one time to the next.
  private static final double SAME_COST = 1.1;

  private final long dwellNanos;
  private final long undoneNanos;
  private final Map<Integer, Standing> byId = new HashMap<>();

  private static final class Standing {
    Rung rung;
    boolean moved;
    long movedNanos;
    boolean raised;
    long raisedNanos;

    Standing(Rung rung) {
      this.rung = rung;
    }
  }

  Standings(AllocationSettings.Upgrade settings) {
    this.dwellNanos = AllocationSettings.nanos(settings.dwellMillis());
    this.undoneNanos = AllocationSettings.nanos(settings.undoneMillis());
  }

  /** The levels that stand for what was granted, where there is that yet; else the floors. */
  Filling granted(List<Claim> claims) {
    byId.keySet().removeIf(id -> claims.stream().noneMatch(claim -> claim.id() == id));
    return Filling.of(
        claims, claims.stream().mapToInt(claim -> level(claim, byId.get(claim.id()))).toArray());
  }

  private static int level(Claim claim, @Nullable Standing standing) {
    int like = claim.floor();
    if (standing == null) {
      return like;
    }
    for (int level = claim.floor(); level <= claim.top() && level >= 0; level++) {
      if (claim.rung(level).isSameAs(standing.rung)) {
        return level;
      }
      if (claim.costBps(level) <= standing.rung.costBps() * SAME_COST) {
        like = level;
      }
    }
    return like;
  }

  /** Takes over what is granted now. */
  void settle(Filling granted, long nowNanos) {
    for (int i = 0; i < granted.size(); i++) {
      Claim claim = granted.claim(i);
      if (granted.level(i) != Claim.NOTHING) {
        settle(claim.id(), claim.rung(granted.level(i)), nowNanos);
      } else if (claim.demand().permission() == Permission.NONE) {
        // It comes back like a new one; one whose publisher pauses comes back as it was
        byId.remove(claim.id());
      }
    }
  }

  private void settle(int id, Rung rung, long nowNanos) {
    Standing standing = byId.get(id);
    if (standing == null) {
      byId.put(id, new Standing(rung));
      return;
    }
    Rung before = standing.rung;
    if (before.encoding() != rung.encoding() || before.spatial() != rung.spatial()) {
      standing.moved = true;
      standing.movedNanos = nowNanos;
    }
    standing.rung = rung;
  }

  /** Remembers who gets more, for when that turns out to be too much. */
  void onRaised(Filling before, Filling after, long nowNanos) {
    for (int i = 0; i < after.size(); i++) {
      Standing standing = byId.get(after.claim(i).id());
      if (after.level(i) > before.level(i) && standing != null) {
        standing.raised = true;
        standing.raisedNanos = nowNanos;
      }
    }
  }

  /** Whether one that gets less was raised lately; that is forgotten with it. */
  boolean isUndone(Filling before, Filling after, long nowNanos) {
    boolean undone = false;
    for (int i = 0; i < after.size(); i++) {
      Standing standing = byId.get(after.claim(i).id());
      if (after.level(i) < before.level(i) && standing != null && standing.raised) {
        undone |= nowNanos - standing.raisedNanos <= undoneNanos;
        standing.raised = false;
      }
    }
    return undone;
  }

  /**
   * What of the raises may be made: the spatial layer of a video goes up only when it has not been
   * changed for a while.
   */
  Filling dwelling(Filling before, Filling after, long nowNanos) {
    int[] levels = new int[after.size()];
    for (int i = 0; i < levels.length; i++) {
      Claim claim = after.claim(i);
      boolean stays = after.level(i) > before.level(i) && dwells(claim.id(), nowNanos);
      levels[i] = stays ? claim.sameSpatial(before.level(i), after.level(i)) : after.level(i);
    }
    return after.with(levels);
  }

  private boolean dwells(int id, long nowNanos) {
    Standing standing = byId.get(id);
    return standing != null && standing.moved && nowNanos - standing.movedNanos < dwellNanos;
  }
}

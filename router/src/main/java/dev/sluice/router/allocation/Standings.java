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
    @Nullable Rung raisedFrom;

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

  /** That of the same layers, else of more temporal ones, else of what costs no more. */
  private static int level(Claim claim, @Nullable Standing standing) {
    int like = claim.floor();
    if (standing == null) {
      return like;
    }
    for (int level = claim.floor(); level <= claim.top() && level >= 0; level++) {
      Rung rung = claim.rung(level);
      if (rung.isSameAs(standing.rung) || standsIn(rung, standing.rung)) {
        return level;
      }
      if (claim.costBps(level) <= standing.rung.costBps() * SAME_COST) {
        like = level;
      }
    }
    return like;
  }

  /** An encoding that has just begun has all its temporal layers, until they are known. */
  private static boolean standsIn(Rung rung, Rung granted) {
    return rung.isSameSpatial(granted) && rung.temporal() > granted.temporal();
  }

  /** Takes over what is granted now; what only stands in for that is none of it. */
  void settle(Filling granted, long nowNanos) {
    for (int i = 0; i < granted.size(); i++) {
      Claim claim = granted.claim(i);
      if (granted.level(i) != Claim.NOTHING) {
        settle(claim, granted.level(i), nowNanos);
      } else if (claim.demand().permission() == Permission.NONE) {
        // It comes back like a new one; one whose publisher pauses comes back as it was
        byId.remove(claim.id());
      }
    }
  }

  private void settle(Claim claim, int level, long nowNanos) {
    Rung rung = claim.rung(level);
    Standing standing = byId.get(claim.id());
    if (standing == null) {
      byId.put(claim.id(), new Standing(rung));
      return;
    }
    Rung before = standing.rung;
    if (standsIn(rung, before) && level == level(claim, standing)) {
      return;
    }
    if (!rung.isSameSpatial(before)) {
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
        standing.raisedFrom = rungOrNull(before, i);
      }
    }
  }

  private static @Nullable Rung rungOrNull(Filling filling, int i) {
    int level = filling.level(i);
    return level == Claim.NOTHING ? null : filling.claim(i).rung(level);
  }

  /**
   * What there was before the latest raises: of those that get less, who was raised lately gets as
   * much as before that, and all others keep what they have.
   */
  Filling undone(Filling before, Filling after, long nowNanos) {
    int[] levels = new int[after.size()];
    for (int i = 0; i < levels.length; i++) {
      Claim claim = after.claim(i);
      Standing standing = byId.get(claim.id());
      levels[i] = before.level(i);
      if (after.level(i) < before.level(i) && standing != null && wasRaised(standing, nowNanos)) {
        levels[i] = Math.max(after.level(i), levelBefore(claim, standing, before.level(i)));
      }
    }
    return after.with(levels);
  }

  private boolean wasRaised(Standing standing, long nowNanos) {
    return standing.raised && nowNanos - standing.raisedNanos <= undoneNanos;
  }

  /** Its level before it was raised, if that is still on the ladder. */
  private static int levelBefore(Claim claim, Standing standing, int most) {
    Rung raisedFrom = standing.raisedFrom;
    for (int level = most; raisedFrom != null && level > Claim.NOTHING; level--) {
      if (claim.rung(level).isSameAs(raisedFrom)) {
        return level;
      }
    }
    return Claim.NOTHING;
  }

  /** Whether one that gets less was raised lately; that is forgotten with it. */
  boolean isUndone(Filling before, Filling after, long nowNanos) {
    boolean undone = false;
    for (int i = 0; i < after.size(); i++) {
      Standing standing = byId.get(after.claim(i).id());
      if (after.level(i) < before.level(i) && standing != null && standing.raised) {
        undone |= wasRaised(standing, nowNanos);
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

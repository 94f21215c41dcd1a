package dev.sluice.router.allocation;

import dev.sluice.router.allocation.Allocation.Grant;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Splits the bitrate of one transport over its videos. Every video that may flow has its lowest
 * rung, even when that is more than there is: to switch it off is for audio fallback to decide,
 * which tells the subscriber. Videos get less at once, straight to what fits, and more when a probe
 * has shown that the path carries it, or the estimate has been high and true for long enough. Used
 * on the worker's thread only.
 */
public final class Allocator {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  // A longer one is a sign that the path is full, before it is taken for more than jitter
  private static final long HARMLESS_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
  private static final double BUDGET_MOVED = 0.1;

  private final AllocationSettings settings;
  private final Standings standings;
  private final Upgrades upgrades;
  private final Downgrades downgrades;
  private Allocation allocation = Allocation.NOTHING;
  private List<VideoDemand> demands = List.of();
  private List<Share> shares = List.of();
  private long budgetBps;
  private Usage usage = Usage.CLEAR;
  private boolean due = true;
  private long dueNanos;

  /** What decides how the bits are shared out; the place among others does too. */
  private record Share(int id, double weight, Permission permission) {}

  /** Has granted nothing yet. */
  public Allocator(AllocationSettings settings) {
    this.settings = settings;
    this.standings = new Standings(settings.upgrade());
    this.upgrades = new Upgrades(settings, standings);
    this.downgrades = new Downgrades(settings.downgrade());
  }

  /** The demands, the most important first: whose base layer is given up last. */
  public List<VideoDemand> byImportance(List<VideoDemand> unordered) {
    return unordered.stream().sorted(Importance.ORDER).toList();
  }

  /**
   * Grants anew, if anything that matters has changed or a second has passed since the last time.
   *
   * @param budget what the videos may take together
   * @param sendingBps what is sent now of all media; a probe adds to it
   * @param newDemands by importance, each video once
   * @return the allocation before when it grants the same layers and asks for the same probe
   */
  public Allocation allocate(
      Budget budget,
      long sendingBps,
      Estimate estimate,
      List<VideoDemand> newDemands,
      long nowNanos) {
    downgrades.onLoss(estimate.loss(), nowNanos);
    if (isDue(budget.bps(), estimate, newDemands, nowNanos)) {
      demands = newDemands;
      budgetBps = budget.bps();
      usage = estimate.usage();
      look(new Moment(budget, sendingBps, estimate, nowNanos));
    }
    return allocation;
  }

  /**
   * What became of the probe that the allocation asked for. The next call of {@link #allocate}
   * makes use of it.
   */
  public void onProbe(ProbeOutcome outcome, long nowNanos) {
    upgrades.onProbe(outcome, nowNanos);
    due = true;
  }

  private boolean isDue(
      long newBudgetBps, Estimate estimate, List<VideoDemand> newDemands, long nowNanos) {
    return due
        || nowNanos - dueNanos >= 0
        || estimate.usage() != usage
        || usage == Usage.CONGESTED
        || downgrades.isUrgent(nowNanos)
        || Math.abs((double) newBudgetBps - budgetBps) > BUDGET_MOVED * budgetBps
        || !isSame(demands, newDemands);
  }

  private static boolean isSame(List<VideoDemand> before, List<VideoDemand> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).asksForTheSameAs(before.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void look(Moment moment) {
    long nowNanos = moment.nowNanos();
    List<Claim> claims =
        demands.stream().map(demand -> Claim.of(demand, settings.sharing())).toList();
    upgrades.onLook(claims.stream().anyMatch(claim -> claim.top() != Claim.NOTHING), nowNanos);
    boolean sharesChanged = noteShares(claims);
    Filling granted = standings.granted(claims);
    standings.settle(granted, nowNanos);

    boolean mayRaise =
        usage == Usage.CLEAR
            && moment.estimate().queueDelayNanos() <= HARMLESS_QUEUE_NANOS
            && !moment.estimate().silent()
            && !downgrades.isLossy();
    Filling lowered = lowered(granted, moment);
    if (!lowered.hasSameLevelsAs(granted)) {
      if (!sharesChanged && downgrades.isPathToBlame()) {
        upgrades.onDowngrade(standings.isUndone(granted, lowered, nowNanos), nowNanos);
      }
      grant(lowered, Optional.empty(), nowNanos);
    } else if (mayRaise) {
      Filling raised = upgrades.raised(granted, moment);
      grant(raised, upgrades.probe(), nowNanos);
    } else {
      upgrades.onPause();
      grant(granted, Optional.empty(), nowNanos);
    }
    long waitNanos = upgrades.waitNanos(nowNanos);
    due = false;
    dueNanos = nowNanos + (waitNanos > 0 ? Math.min(waitNanos, TICK_NANOS) : TICK_NANOS);
  }

  private Filling lowered(Filling granted, Moment moment) {
    Filling lowered = downgrades.lowered(granted, moment);
    if (lowered.hasSameLevelsAs(granted)) {
      return granted;
    }
    Filling undone = standings.undone(granted, lowered, moment.nowNanos());
    boolean isEnough =
        !undone.hasSameLevelsAs(granted) && undone.leastBps() <= moment.budget().wholeBps();
    return isEnough ? undone : lowered;
  }

  private boolean noteShares(List<Claim> claims) {
    List<Share> now =
        claims.stream()
            .map(claim -> new Share(claim.id(), claim.weight(), claim.demand().permission()))
            .toList();
    boolean changed = !now.equals(shares);
    if (changed) {
      upgrades.onSharesChanged();
    }
    shares = now;
    return changed;
  }

  private void grant(Filling filling, Optional<ProbePlan> probe, long nowNanos) {
    standings.settle(filling, nowNanos);
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < filling.size(); i++) {
      Claim claim = filling.claim(i);
      int level = filling.level(i);
      grants.add(
          new Grant(
              claim.id(),
              level == Claim.NOTHING ? Optional.empty() : Optional.of(claim.rung(level))));
    }
    Allocation anew = new Allocation(grants, filling.costBps(), probe);
    if (!anew.isSameAs(allocation)) {
      allocation = anew;
    }
  }
}

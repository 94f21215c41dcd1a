package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate.Usage;

/** When videos get less than they have, and whether the path is to blame. */
final class Downgrades {
  private final AllocationSettings.Downgrade settings;
  private final LossWatch losses;
  private long lastBudgetBps;
  private boolean dearer;
  private long dearerSinceNanos;
  private boolean pathToBlame;

  Downgrades(AllocationSettings.Downgrade settings) {
    this.settings = settings;
    this.losses = new LossWatch(settings);
  }

  /** Before each look, and without one: the share of packets lost, 0 to 1. */
  void onLoss(double loss, long nowNanos) {
    losses.update(loss, nowNanos);
  }

  /** Whether so much is lost that nothing may be raised. */
  boolean isLossy() {
    return losses.isAbove();
  }

  /** Whether it may soon be necessary to lower something. */
  boolean isUrgent(long nowNanos) {
    return dearer || losses.isHigh(nowNanos);
  }

  /** Whether what was lowered last was too much for the path, rather than grown too dear. */
  boolean isPathToBlame() {
    return pathToBlame;
  }

  /** What fits of what is granted, when that is too much. */
  Filling lowered(Filling granted, Moment moment) {
    long nowNanos = moment.nowNanos();
    long arrivingBps = losses.answer(granted.costBps(), nowNanos);
    long fittingBps = Math.min(moment.budgetBps(), arrivingBps);
    boolean tooMuch = arrivingBps < granted.costBps() || isTooMuch(granted, moment);
    lastBudgetBps = moment.budgetBps();
    if (!tooMuch) {
      return granted;
    }
    dearer = false;
    Filling lowered = granted.onlyUpToHere();
    lowered.raiseWithin(fittingBps);
    return lowered;
  }

  private boolean isTooMuch(Filling granted, Moment moment) {
    long nowNanos = moment.nowNanos();
    boolean congested = moment.estimate().usage() == Usage.CONGESTED || losses.isHigh(nowNanos);
    double tolerance = congested ? 1 : settings.tolerance();
    long leastBps = granted.leastBps();
    boolean over = leastBps > moment.budgetBps() * tolerance;
    pathToBlame =
        moment.estimate().usage() != Usage.CLEAR
            || losses.isHigh(nowNanos)
            || leastBps <= lastBudgetBps * tolerance;
    if (!over || pathToBlame) {
      dearer = false;
      return over;
    }
    // What was just switched on is measured badly at first, and the path does not mind
    if (!dearer) {
      dearer = true;
      dearerSinceNanos = nowNanos;
    }
    return nowNanos - dearerSinceNanos >= AllocationSettings.nanos(settings.dearerMillis());
  }
}

package dev.sluice.router.allocation;

/** How long nothing is raised after a downgrade: the longer the more often upgrades were undone. */
final class UpgradeHold {
  private final long leastNanos;
  private final long mostNanos;
  private final long calmNanos;
  private long holdNanos;
  private long calmSinceNanos;
  private long quietSinceNanos;

  UpgradeHold(AllocationSettings.Upgrade settings) {
    this.leastNanos = AllocationSettings.nanos(settings.holdMillis());
    this.mostNanos = AllocationSettings.nanos(settings.mostHoldMillis());
    this.calmNanos = AllocationSettings.nanos(settings.calmMillis());
    this.holdNanos = leastNanos;
  }

  void onStart(long nowNanos) {
    quietSinceNanos = nowNanos;
    calmSinceNanos = nowNanos;
  }

  void onDowngrade(boolean undoesUpgrade, long nowNanos) {
    relax(nowNanos);
    // A path that becomes worse bit by bit undoes upgrades of several videos, one after the other
    boolean anew = nowNanos - quietSinceNanos >= leastNanos;
    quietSinceNanos = nowNanos;
    if (undoesUpgrade && anew) {
      holdNanos = Math.min(mostNanos, holdNanos * 2);
      calmSinceNanos = nowNanos;
    }
  }

  /** When the next upgrade may be. */
  long endNanos(long nowNanos) {
    relax(nowNanos);
    return quietSinceNanos + holdNanos;
  }

  /** The hold as it is now. */
  long nanos() {
    return holdNanos;
  }

  private void relax(long nowNanos) {
    while (holdNanos > leastNanos && nowNanos - calmSinceNanos >= calmNanos) {
      holdNanos = Math.max(leastNanos, holdNanos / 2);
      calmSinceNanos += calmNanos;
    }
  }
}

package dev.sluice.router.fallback;

import java.time.Duration;

/** For how long a condition has held without a break. Worker thread. */
final class Hold {
  private boolean holds;
  private long sinceNanos;

  void update(boolean nowHolds, long nowNanos) {
    if (nowHolds && !holds) {
      sinceNanos = nowNanos;
    }
    holds = nowHolds;
  }

  /** Forgets that it held. */
  void reset() {
    holds = false;
  }

  boolean hasLasted(Duration time, long nowNanos) {
    return hasLasted(time.toNanos(), nowNanos);
  }

  boolean hasLasted(long timeNanos, long nowNanos) {
    return holds && nowNanos - sinceNanos >= timeNanos;
  }
}

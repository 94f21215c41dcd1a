package dev.sluice.router.live;

/** A timer that is asked whether it is due. A late turn does not make up for missed ones. */
final class Periodic {
  private final long intervalNanos;
  private long nextNanos;

  Periodic(long intervalNanos, long nowNanos) {
    this.intervalNanos = intervalNanos;
    this.nextNanos = nowNanos + intervalNanos;
  }

  /** Returns true once per interval. */
  boolean isDue(long nowNanos) {
    if (nowNanos - nextNanos < 0) {
      return false;
    }
    nextNanos += intervalNanos;
    if (nowNanos - nextNanos >= 0) {
      nextNanos = nowNanos + intervalNanos;
    }
    return true;
  }
}

package dev.sluice.router.fallback;

import java.time.Duration;

/** Keeps a time between one event and the next. Worker thread. */
final class Spacing {
  private final long intervalNanos;
  private boolean happened;
  private long lastNanos;

  Spacing(Duration interval) {
    intervalNanos = interval.toNanos();
  }

  boolean allows(long nowNanos) {
    return !happened || nowNanos - lastNanos >= intervalNanos;
  }

  void happen(long nowNanos) {
    happened = true;
    lastNanos = nowNanos;
  }
}

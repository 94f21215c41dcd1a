package dev.sluice.router.fallback;

import java.util.ArrayDeque;
import java.util.Deque;

/** The fallbacks of one video, from which follows how long the next one takes. Worker thread. */
final class FallbackHistory {
  private final BackOffSettings settings;
  private final Deque<Long> fallsNanos = new ArrayDeque<>();
  private boolean hasRecovered;
  private long recoveredNanos;

  FallbackHistory(BackOffSettings settings) {
    this.settings = settings;
  }

  /** It was switched off; how long it waits now. */
  BackOff fall(long nowNanos) {
    fallsNanos.addLast(nowNanos);
    while (nowNanos - fallsNanos.getFirst() > settings.fuseWindow().toNanos()) {
      fallsNanos.removeFirst();
    }
    if (fallsNanos.size() > settings.fuseFallbacks()) {
      return BackOff.fuse(settings, nowNanos);
    }
    // The time since it came back, not that since it fell: after a long bad time the network is
    // as much at its limit when the video fails again at once.
    return hasRecovered && nowNanos - recoveredNanos < settings.remembered().toNanos()
        ? BackOff.repeated(settings, nowNanos)
        : BackOff.first(settings, nowNanos);
  }

  /** It may come back. */
  void recover(long nowNanos) {
    hasRecovered = true;
    recoveredNanos = nowNanos;
  }
}

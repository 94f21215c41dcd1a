package dev.sluice.router.track;

import java.util.concurrent.TimeUnit;

/**
 * Gathers the wish of many subscribers for a key frame of one layer into few requests to the
 * publisher: at once for the first, then again until the key frame comes, but never faster than
 * every 500 ms. Key frames are large, so one asked for by each of fifty subscribers would drown
 * everything else. Used on the worker's thread only.
 */
public final class KeyframeRequests {
  /** The least time between two requests. */
  public static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private boolean wanted;
  private boolean sent;
  private long lastSentNanos;

  /** Somebody needs a key frame. */
  public void want() {
    wanted = true;
  }

  /** Whether somebody waits for a key frame. */
  public boolean isWanted() {
    return wanted;
  }

  /** Whether to send a request now; if so it counts as sent. */
  public boolean due(long nowNanos) {
    if (!wanted || (sent && nowNanos - lastSentNanos < INTERVAL_NANOS)) {
      return false;
    }
    sent = true;
    lastSentNanos = nowNanos;
    return true;
  }

  /** A key frame has started: all who waited have it. */
  void onKeyFrame() {
    wanted = false;
  }
}

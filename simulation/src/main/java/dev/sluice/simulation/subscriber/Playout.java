package dev.sluice.simulation.subscriber;

/**
 * When pictures are shown: later than they arrive by as much as they have been late before, so that
 * one that is repeated comes in time, as browsers do it.
 */
final class Playout {
  private static final long FIRST_DELAY_NANOS = 30_000_000;
  private static final long MAX_DELAY_NANOS = 500_000_000;
  // libwebrtc: kDelayMaxChangeMsPerS.
  private static final double CHANGE_PER_NANO = 0.1;
  private static final double FORGOTTEN_AFTER_NANOS = 10e9;
  // An empty path that has become longer is believed after some seconds.
  private static final double DRIFT_PER_NANO = 0.02;

  private boolean started;
  private long lastNanos;
  private double shortestNanos;
  private double lateNanos;
  private double delayNanos = FIRST_DELAY_NANOS;

  /**
   * A picture is complete.
   *
   * @return when it is to be shown, which may be over
   */
  long showAt(long capturedNanos, long nowNanos) {
    double transit = nowNanos - capturedNanos;
    long passed = nowNanos - lastNanos;
    lastNanos = nowNanos;
    if (!started) {
      started = true;
      shortestNanos = transit;
      passed = 0;
    }
    shortestNanos = Math.min(transit, shortestNanos + DRIFT_PER_NANO * passed);
    lateNanos *= Math.exp(-passed / FORGOTTEN_AFTER_NANOS);
    lateNanos = Math.clamp(transit - shortestNanos, lateNanos, MAX_DELAY_NANOS);
    double step = CHANGE_PER_NANO * passed;
    delayNanos += Math.clamp(lateNanos - delayNanos, -step, step);
    return capturedNanos + (long) (shortestNanos + delayNanos);
  }
}

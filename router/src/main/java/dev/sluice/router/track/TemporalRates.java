package dev.sluice.router.track;

import dev.sluice.rtp.Timestamps;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many pictures a second each temporal layer of an encoding has, over about a second.
 * Used on the worker's thread only.
 */
final class TemporalRates {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LAYERS = VideoPacket.ALL_TEMPORAL_LAYERS + 1;

  // A camera's rate swings around what was asked for; nobody sees a tenth more
  private static final double TOLERANCE = 1.1;
  // What is forwarded stays until it is clearly too much, so that the choice does not flutter
  private static final double TOLERANCE_TO_STAY = 1.25;

  private final int[] counted = new int[LAYERS];
  private final double[] perSecond = new double[LAYERS];
  private boolean started;
  private boolean measured;
  private int lastTimestamp;
  private long windowNanos;

  /** Takes a packet in any order; a picture counts once. */
  void onPacket(int rtpTimestamp, int temporalLayer, long nowNanos) {
    if (started && !Timestamps.isNewer(rtpTimestamp, lastTimestamp)) {
      return;
    }
    if (!started || nowNanos - windowNanos >= 2 * WINDOW_NANOS) {
      // The first, or after a pause that says nothing about the rate
      clear(nowNanos);
    } else if (nowNanos - windowNanos >= WINDOW_NANOS) {
      close(nowNanos);
    }
    started = true;
    lastTimestamp = rtpTimestamp;
    counted[Math.clamp(temporalLayer, 0, LAYERS - 1)]++;
  }

  private void close(long nowNanos) {
    double seconds = (nowNanos - windowNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < LAYERS; i++) {
      perSecond[i] = counted[i] / seconds;
    }
    measured = true;
    clear(nowNanos);
  }

  private void clear(long nowNanos) {
    Arrays.fill(counted, 0);
    windowNanos = nowNanos;
  }

  /**
   * The highest temporal layer up to which there are no more pictures than that.
   *
   * @param frameRate pictures a second
   * @param chosen what was chosen before, which is kept while it is not far off
   */
  int layerFor(int frameRate, int chosen) {
    if (!measured) {
      return chosen;
    }
    double sum = perSecond[0];
    int layer = 0;
    while (layer + 1 < LAYERS) {
      sum += perSecond[layer + 1];
      double tolerance = layer + 1 <= chosen ? TOLERANCE_TO_STAY : TOLERANCE;
      if (sum > frameRate * tolerance) {
        return layer;
      }
      layer++;
    }
    return VideoPacket.ALL_TEMPORAL_LAYERS;
  }

  /** The pictures a second up to a temporal layer; 0 until that is measured. */
  double frameRate(int temporalLayer) {
    double sum = 0;
    for (int layer = 0; layer <= Math.min(temporalLayer, LAYERS - 1); layer++) {
      sum += perSecond[layer];
    }
    return sum;
  }
}

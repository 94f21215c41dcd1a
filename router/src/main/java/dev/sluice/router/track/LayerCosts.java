package dev.sluice.router.track;

import dev.sluice.router.estimate.WireSize;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures what each spatial and temporal layer of an encoding takes on the wire, as averages that
 * forget with 1 s and with 5 s. Key frames are left out: each costs several times the usual, once,
 * when somebody has asked for it, and would make the layer that was just gone up to look too dear.
 * After a silence they go on from what they were, so what a layer took before it was switched off
 * stays known. Used on the worker's thread only.
 */
public final class LayerCosts {
  // One burst of a screen share reached four times its average for a second or two: whoever goes up
  // goes by the larger of two averages, whoever gives up by the smaller.
  private static final double FAST_SECONDS = 1;
  private static final double SLOW_SECONDS = 5;
  private static final double CAREFUL = 1.05;
  // A screen that is scrolled now and then: for half a minute what it took then is kept free
  private static final double BURST_SECONDS = 30;
  private static final double BURST = 1.3;

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int BITS_PER_BYTE = 8;

  // A stream starts with a key frame, which takes about as much as the next half second: all that
  // is known before the other frames have been measured for so long.
  private static final double KEY_FRAME_SECONDS = 0.5;
  private static final double LEAST_MEASURED_SECONDS = 0.3;
  private static final double LEAST_ARRIVING_SECONDS = 0.05;

  // An encoder makes up for its key frame with smaller ones for a while: until then what the layer
  // takes is judged by all of it, which it sends about so much earlier than evenly.
  private static final double YOUNG_SECONDS = 3;
  private static final double AHEAD_SECONDS = 0.2;

  // In VP8 screen shares the upper temporal layers come only every few seconds.
  private static final long TEMPORAL_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int SPATIAL_LAYERS = 4;
  private static final int TEMPORAL_LAYERS = VideoPacket.ALL_TEMPORAL_LAYERS + 1;

  private final long[] bytes = new long[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  private final long[] firstBytes = new long[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  private final double[] fastBps = new double[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  private final double[] slowBps = new double[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  private final long[] heardNanos = new long[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  private final boolean[] heard = new boolean[SPATIAL_LAYERS * TEMPORAL_LAYERS];
  // The highest of the fast averages of all layers together, forgotten slowly
  private double burstBps;
  private boolean started;
  private boolean keyFrameComplete;
  private long firstNanos;
  private double measuredSeconds;
  private long windowNanos;
  private long lastNanos;

  LayerCosts() {}

  /**
   * Takes a packet.
   *
   * @param spatial negative, like {@code temporal}, where it is not told
   * @param rtpBytes header included
   * @param ofKeyFrame whether it belongs to a key frame
   */
  void onPacket(int spatial, int temporal, int rtpBytes, boolean ofKeyFrame, long nowNanos) {
    long elapsedNanos = nowNanos - windowNanos;
    if (!started) {
      firstNanos = nowNanos;
    }
    if (!started || nowNanos - lastNanos > Layer.SILENCE_NANOS) {
      // A pause says nothing about what the layer takes
      started = true;
      windowNanos = nowNanos;
      Arrays.fill(bytes, 0);
    } else if (elapsedNanos >= WINDOW_NANOS) {
      close(elapsedNanos / NANOS_PER_SECOND);
      windowNanos = nowNanos;
    }
    int cell = cell(Math.max(0, spatial), Math.max(0, temporal));
    int wireBytes = WireSize.ofRtp(rtpBytes);
    if (!ofKeyFrame) {
      bytes[cell] += wireBytes;
      keyFrameComplete = true;
    }
    if (isYoung()) {
      firstBytes[cell] += wireBytes;
    }
    heard[cell] = true;
    heardNanos[cell] = nowNanos;
    lastNanos = nowNanos;
  }

  private void close(double seconds) {
    // At first a plain average, which does not start from zero
    double share = seconds / (measuredSeconds + seconds);
    double fast = Math.max(share, 1 - Math.exp(-seconds / FAST_SECONDS));
    double slow = Math.max(share, 1 - Math.exp(-seconds / SLOW_SECONDS));
    for (int cell = 0; cell < bytes.length; cell++) {
      double bps = bytes[cell] * BITS_PER_BYTE / seconds;
      fastBps[cell] += (bps - fastBps[cell]) * fast;
      slowBps[cell] += (bps - slowBps[cell]) * slow;
      bytes[cell] = 0;
    }
    if (!isYoung()) {
      burstBps = Math.max(burstBps * Math.exp(-seconds / BURST_SECONDS), all(fastBps));
    }
    measuredSeconds += seconds;
  }

  private boolean isMeasured() {
    return measuredSeconds >= LEAST_MEASURED_SECONDS;
  }

  private boolean isYoung() {
    return measuredSeconds < YOUNG_SECONDS;
  }

  private static int cell(int spatial, int temporal) {
    return Math.min(spatial, SPATIAL_LAYERS - 1) * TEMPORAL_LAYERS
        + Math.min(temporal, TEMPORAL_LAYERS - 1);
  }

  /** Whether it has only just begun, so that what it costs is not known. */
  public boolean isBeginning() {
    return started && !isMeasured();
  }

  /** The highest spatial layer that is being sent, 0 to 3. */
  public int topSpatialLayer() {
    for (int spatial = SPATIAL_LAYERS - 1; spatial > 0; spatial--) {
      for (int temporal = 0; temporal < TEMPORAL_LAYERS; temporal++) {
        if (wasHeard(cell(spatial, temporal), Layer.SILENCE_NANOS)) {
          return spatial;
        }
      }
    }
    return 0;
  }

  /** The highest temporal layer that is being sent, 0 to 7. */
  public int topTemporalLayer() {
    for (int temporal = TEMPORAL_LAYERS - 1; temporal > 0; temporal--) {
      for (int spatial = 0; spatial < SPATIAL_LAYERS; spatial++) {
        if (wasHeard(cell(spatial, temporal), TEMPORAL_SILENCE_NANOS)) {
          return temporal;
        }
      }
    }
    return 0;
  }

  /** By the latest packet and not by now: what is switched off keeps the layers that it had. */
  private boolean wasHeard(int cell, long withinNanos) {
    return heard[cell] && lastNanos - heardNanos[cell] <= withinNanos;
  }

  /**
   * What the layers up to these take on the wire, judged carefully, in bit/s; 0 before the first
   * packet.
   */
  public long costBps(int spatial, int temporal) {
    double usual = sum(slowBps, spatial, temporal);
    double most = Math.max(sum(fastBps, spatial, temporal), usual * burst());
    if (!keyFrameComplete) {
      // Of a key frame that still arrives, the part that has says nothing: how fast it comes does
      double arrivingSeconds = (lastNanos - firstNanos) / NANOS_PER_SECOND;
      most *=
          KEY_FRAME_SECONDS
              / Math.clamp(arrivingSeconds, LEAST_ARRIVING_SECONDS, KEY_FRAME_SECONDS);
    }
    return (long) (most * catchingUp(AHEAD_SECONDS) * CAREFUL);
  }

  /** How many times more than usual it took in a burst, if that was lately; else 1. */
  private double burst() {
    double usualBps = all(slowBps);
    return usualBps > 0 && burstBps > BURST * usualBps ? burstBps / usualBps : 1;
  }

  /** What they take at least, in bit/s. */
  public long leastBps(int spatial, int temporal) {
    double least = Math.min(sum(fastBps, spatial, temporal), sum(slowBps, spatial, temporal));
    return (long) (least * catchingUp(KEY_FRAME_SECONDS));
  }

  private double all(double[] bps) {
    return sum(bps, SPATIAL_LAYERS, TEMPORAL_LAYERS);
  }

  private double sum(double[] bps, int spatial, int temporal) {
    boolean measured = isMeasured();
    double sum = 0;
    for (int s = 0; s <= Math.min(spatial, SPATIAL_LAYERS - 1); s++) {
      for (int t = 0; t <= Math.min(temporal, TEMPORAL_LAYERS - 1); t++) {
        int cell = cell(s, t);
        sum += measured ? bps[cell] : firstBytes[cell];
      }
    }
    return measured ? sum : sum * BITS_PER_BYTE / firstSeconds(KEY_FRAME_SECONDS);
  }

  /** Since the first packet, as if it had come so much earlier. */
  private double firstSeconds(double earlierSeconds) {
    return earlierSeconds + measuredSeconds + (lastNanos - windowNanos) / NANOS_PER_SECOND;
  }

  /** How many times more a layer is to take than it does while its key frame is made up for. */
  private double catchingUp(double earlierSeconds) {
    double measuredBps = all(slowBps);
    if (!isMeasured() || !isYoung() || measuredBps <= 0) {
      return 1;
    }
    long all = 0;
    for (long each : firstBytes) {
      all += each;
    }
    return Math.max(1, all * BITS_PER_BYTE / firstSeconds(earlierSeconds) / measuredBps);
  }
}

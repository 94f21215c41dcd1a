package dev.sluice.router.estimate;

/**
 * Tells from the delays of packets whether a queue grows, with a line through the latest of them
 * and a threshold that adapts to the path's jitter. After draft-ietf-rmcat-gcc-02 §5, with the line
 * in place of the Kalman filter. Milliseconds are as good as any unit here, as they are what the
 * gains were found for.
 */
final class DelayTrend {
  private static final double NANOS_PER_MILLI = 1_000_000;
  // What is sent within so long is one burst (draft §5.2)
  private static final long BURST_NANOS = 5_000_000;
  private static final long LONGEST_BURST_NANOS = 100_000_000;
  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final int MOST_SAMPLES = 60;
  private static final double GAIN = 4;
  // Draft §5.4: the threshold follows quickly downwards and slowly upwards
  private static final double START_THRESHOLD = 12.5;
  private static final double LEAST_THRESHOLD = 6;
  private static final double MOST_THRESHOLD = 600;
  private static final double SPEED_UP = 0.0087;
  private static final double SPEED_DOWN = 0.039;
  private static final double OUTLIER = 15;
  private static final double LONGEST_STEP_MILLIS = 100;
  private static final double OVERUSE_MILLIS = 10;

  /** The burst that is being collected, and the one before it. */
  private boolean collecting;

  private boolean hasPrevious;
  private long firstSendNanos;
  private long lastSendNanos;
  private long firstArrivalNanos;
  private long lastArrivalNanos;
  private long previousSendNanos;
  private long previousArrivalNanos;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int samples;
  private double timeMillis;
  private double accumulatedMillis;
  private double smoothedMillis;
  private double slope;
  private double trend;
  private double threshold = START_THRESHOLD;
  private double overuseMillis;
  private int overuseCount;
  private boolean overusing;

  /** A packet has arrived. Those sent before the burst in hand are left out. */
  void add(long sendNanos, long arrivalNanos) {
    if (!collecting) {
      begin(sendNanos, arrivalNanos);
    } else if (sendNanos < firstSendNanos) {
      return;
    } else if (belongs(sendNanos, arrivalNanos)) {
      lastSendNanos = Math.max(lastSendNanos, sendNanos);
      lastArrivalNanos = Math.max(lastArrivalNanos, arrivalNanos);
    } else {
      complete();
      begin(sendNanos, arrivalNanos);
    }
  }

  private void begin(long sendNanos, long arrivalNanos) {
    collecting = true;
    firstSendNanos = sendNanos;
    lastSendNanos = sendNanos;
    firstArrivalNanos = arrivalNanos;
    lastArrivalNanos = arrivalNanos;
  }

  /** Sent together, or let go together by the network after it held them up. */
  private boolean belongs(long sendNanos, long arrivalNanos) {
    if (sendNanos - firstSendNanos <= BURST_NANOS) {
      return true;
    }
    long sinceLast = arrivalNanos - lastArrivalNanos;
    return sinceLast <= BURST_NANOS
        && sinceLast < sendNanos - lastSendNanos
        && arrivalNanos - firstArrivalNanos < LONGEST_BURST_NANOS;
  }

  private void complete() {
    if (hasPrevious) {
      double sendMillis = (lastSendNanos - previousSendNanos) / NANOS_PER_MILLI;
      double arrivalMillis = (lastArrivalNanos - previousArrivalNanos) / NANOS_PER_MILLI;
      sample(arrivalMillis - sendMillis, sendMillis);
    }
    hasPrevious = true;
    previousSendNanos = lastSendNanos;
    previousArrivalNanos = lastArrivalNanos;
  }

  private void sample(double growthMillis, double sinceMillis) {
    timeMillis += sinceMillis + growthMillis;
    accumulatedMillis += growthMillis;
    smoothedMillis = SMOOTHING * smoothedMillis + (1 - SMOOTHING) * accumulatedMillis;
    times[samples % WINDOW] = timeMillis;
    delays[samples % WINDOW] = smoothedMillis;
    samples++;
    if (samples < WINDOW) {
      return;
    }
    double before = slope;
    slope = slopeOfLine();
    trend = Math.min(samples, MOST_SAMPLES) * slope * GAIN;
    detect(before, sinceMillis);
    adapt(sinceMillis);
    if (samples >= Integer.MAX_VALUE - WINDOW) {
      samples = WINDOW * MOST_SAMPLES + samples % WINDOW;
    }
  }

  /** By least squares. */
  private double slopeOfLine() {
    double time = 0;
    double delay = 0;
    for (int i = 0; i < WINDOW; i++) {
      time += times[i] / WINDOW;
      delay += delays[i] / WINDOW;
    }
    double product = 0;
    double square = 0;
    for (int i = 0; i < WINDOW; i++) {
      product += (times[i] - time) * (delays[i] - delay);
      square += (times[i] - time) * (times[i] - time);
    }
    return square == 0 ? 0 : product / square;
  }

  private void detect(double slopeBefore, double sinceMillis) {
    if (trend <= threshold) {
      overusing = false;
      overuseMillis = 0;
      overuseCount = 0;
      return;
    }
    // Half of the first step: when it began within it is not known
    overuseMillis += overuseCount == 0 ? sinceMillis / 2 : sinceMillis;
    overuseCount++;
    if (overuseMillis > OVERUSE_MILLIS && overuseCount > 1 && slope >= slopeBefore) {
      overusing = true;
    }
  }

  private void adapt(double sinceMillis) {
    double size = Math.abs(trend);
    if (size > threshold + OUTLIER) {
      return;
    }
    double speed = size < threshold ? SPEED_DOWN : SPEED_UP;
    threshold += speed * (size - threshold) * Math.min(sinceMillis, LONGEST_STEP_MILLIS);
    threshold = Math.clamp(threshold, LEAST_THRESHOLD, MOST_THRESHOLD);
  }

  /** Whether the queue grows faster than jitter explains. */
  boolean isOverusing() {
    return overusing;
  }

  /** Whether the queue seems to grow. */
  boolean isRising() {
    return overusing || trend > threshold / 2;
  }

  /** Forgets the delays; what is known of the jitter stays. */
  void reset() {
    collecting = false;
    hasPrevious = false;
    samples = 0;
    timeMillis = 0;
    accumulatedMillis = 0;
    smoothedMillis = 0;
    slope = 0;
    trend = 0;
    overuseMillis = 0;
    overuseCount = 0;
    overusing = false;
  }
}

package dev.sluice.router.estimate;

/**
 * The constants of the estimate. Shares are 0 to 1.
 *
 * @param startBps the estimate before anything is known, and the most after a long silence
 * @param minBps the least
 * @param maxBps the most
 * @param delay what counts as a queue
 * @param decrease how the estimate falls because of one
 * @param growth how it rises without a probe
 * @param loss how it falls because of loss
 * @param probe when a probe has passed
 * @param silence when feedback is missed
 */
public record EstimatorSettings(
    long startBps,
    long minBps,
    long maxBps,
    Delay delay,
    Decrease decrease,
    Growth growth,
    Loss loss,
    Probe probe,
    Silence silence) {
  public static final EstimatorSettings DEFAULTS =
      new EstimatorSettings(
          1_000_000,
          30_000,
          50_000_000,
          Delay.DEFAULTS,
          Decrease.DEFAULTS,
          Growth.DEFAULTS,
          Loss.DEFAULTS,
          Probe.DEFAULTS,
          Silence.DEFAULTS);

  public EstimatorSettings {
    if (minBps <= 0 || startBps < minBps || maxBps < startBps) {
      throw new IllegalArgumentException(
          "start %d, min %d, max %d bit/s".formatted(startBps, minBps, maxBps));
    }
  }

  /**
   * What counts as a queue.
   *
   * @param standingQueueMillis a queue that has been at least so long for 200 ms stands: congested
   * @param clearQueueMillis with a longer one the estimate does not grow
   * @param fillingAfterMillis how long a queue grows until the path counts as filling
   * @param congestedAfterMillis how long it grows too fast until the path counts as congested
   * @param baseWindowMillis the least delay within so long is that of the empty path; a path that
   *     became longer is taken for a queue for so long at most
   * @param steadyMillis a delay without loss that has not changed for so long is that of a longer
   *     path
   * @param steadySpreadMillis how much it may change in this time
   */
  public record Delay(
      int standingQueueMillis,
      int clearQueueMillis,
      int fillingAfterMillis,
      int congestedAfterMillis,
      int baseWindowMillis,
      int steadyMillis,
      int steadySpreadMillis) {
    public static final Delay DEFAULTS = new Delay(80, 30, 200, 300, 8_000, 1_500, 6);

    public Delay {
      Bounds.requirePositive(
          standingQueueMillis,
          clearQueueMillis,
          fillingAfterMillis,
          congestedAfterMillis,
          baseWindowMillis,
          steadyMillis,
          steadySpreadMillis);
      if (baseWindowMillis <= steadyMillis) {
        throw new IllegalArgumentException(
            "base window %d ms, steady %d ms".formatted(baseWindowMillis, steadyMillis));
      }
    }
  }

  /**
   * How the estimate falls because of a queue.
   *
   * @param factor of what arrives, which is then what the path can carry; leaves room for the queue
   *     to drain
   * @param overloadShare the path is overloaded when less than this share of what is sent arrives
   *     in the same time
   * @param intervalMillis the least time between two decreases of a path that is not overloaded, to
   *     which the round trip is added
   */
  public record Decrease(double factor, double overloadShare, int intervalMillis) {
    public static final Decrease DEFAULTS = new Decrease(0.85, 0.9, 200);

    public Decrease {
      Bounds.requireShares(factor, overloadShare);
      Bounds.requirePositive(intervalMillis);
    }
  }

  /**
   * How the estimate rises without a probe.
   *
   * @param sharePerSecond of itself, as long as it is not known where the path is full
   * @param returnSharePerSecond the same back to where that was
   * @param cautiousSharePerSecond the same beyond that
   * @param deliveredFactor it does not grow past so many times what is delivered ...
   * @param deliveredExtraBps ... and so much
   */
  public record Growth(
      double sharePerSecond,
      double returnSharePerSecond,
      double cautiousSharePerSecond,
      double deliveredFactor,
      long deliveredExtraBps) {
    public static final Growth DEFAULTS = new Growth(0.08, 0.3, 0.02, 1.5, 10_000);

    public Growth {
      Bounds.requireShares(sharePerSecond, returnSharePerSecond, cautiousSharePerSecond);
      if (deliveredFactor < 1 || deliveredExtraBps < 0) {
        throw new IllegalArgumentException(
            "growth past %f times and %d bit/s".formatted(deliveredFactor, deliveredExtraBps));
      }
    }
  }

  /**
   * How the estimate falls because of loss. A loss that stays when less is sent has other causes
   * than the rate, and only what exceeds it counts from then on.
   *
   * @param highShare more is too much
   * @param highMillis how long it is borne
   * @param holdShare with more the estimate does not grow
   */
  public record Loss(double highShare, int highMillis, double holdShare) {
    public static final Loss DEFAULTS = new Loss(0.10, 1_000, 0.08);

    public Loss {
      Bounds.requireShares(highShare, holdShare);
      Bounds.requirePositive(highMillis);
    }
  }

  /**
   * When a probe has passed.
   *
   * @param queueMillis the queue may not grow by more ...
   * @param abortQueueMillis ... and with so much the probe is given up at once
   * @param lossShare the loss may not grow by more, one packet excepted
   * @param deliveredShare of the rate aimed at, that must have arrived
   * @param answerMillis how long after its last packet feedback on it is waited for
   */
  public record Probe(
      int queueMillis,
      int abortQueueMillis,
      double lossShare,
      double deliveredShare,
      int answerMillis) {
    public static final Probe DEFAULTS = new Probe(20, 40, 0.02, 0.9, 1_500);

    public Probe {
      Bounds.requirePositive(queueMillis, abortQueueMillis, answerMillis);
      Bounds.requireShares(lossShare, deliveredShare);
    }
  }

  /**
   * When feedback is missed.
   *
   * @param silentMillis of sending without feedback
   * @param resetMillis after so long everything that was learned about the path is forgotten
   */
  public record Silence(int silentMillis, int resetMillis) {
    public static final Silence DEFAULTS = new Silence(1_000, 5_000);

    public Silence {
      Bounds.requirePositive(silentMillis, resetMillis);
      if (resetMillis < silentMillis) {
        throw new IllegalArgumentException(
            "silent after %d ms, reset after %d ms".formatted(silentMillis, resetMillis));
      }
    }
  }
}

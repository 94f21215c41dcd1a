package dev.sluice.router.allocation;

/** Whether so much has been lost for so long that less must be sent. */
final class LossWatch {
  private final double highLoss;
  private final long highNanos;
  private double loss;
  private boolean above;
  private long aboveSinceNanos;
  private boolean answered;

  LossWatch(AllocationSettings.Downgrade settings) {
    this.highLoss = settings.highLoss();
    this.highNanos = AllocationSettings.nanos(settings.highLossMillis());
  }

  /**
   * Time passes.
   *
   * @param share of packets lost, 0 to 1
   */
  void update(double share, long nowNanos) {
    loss = share;
    if (!(share > highLoss)) {
      above = false;
      answered = false;
    } else if (!above) {
      above = true;
      aboveSinceNanos = nowNanos;
    }
  }

  /** Whether too much is lost now: no time for more. */
  boolean isAbove() {
    return above;
  }

  /** Whether it has been so for long. */
  boolean isHigh(long nowNanos) {
    return above && nowNanos - aboveSinceNanos >= highNanos;
  }

  /**
   * What arrives of so much, once for each time that the loss is high: if that is not the end of
   * it, the rate was not the reason, and it is for the estimate to judge.
   */
  long answer(long bitrateBps, long nowNanos) {
    if (answered || !isHigh(nowNanos)) {
      return bitrateBps;
    }
    answered = true;
    return (long) (bitrateBps * Math.max(0, 1 - loss));
  }
}

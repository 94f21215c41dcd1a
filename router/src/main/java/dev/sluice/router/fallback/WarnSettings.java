package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * When a subscriber is warned that a video may be switched off soon, and when not any more.
 *
 * @param share a share below this, for {@code after}, is a reason
 * @param after see {@code share}
 * @param shortAfter a share below 1 is a reason after this already
 * @param loss a loss above this while the path is congested, for {@code lossAfter}, is a reason, 0
 *     to 1
 * @param lossAfter see {@code loss}
 * @param badLossAfter a loss above {@link OffSettings#badLoss} is a reason after this, congested or
 *     not
 * @param queue a queue longer than this, for {@code queueAfter}, is a reason; when packets wait so
 *     long to be sent, and the share is below {@code share}, it is taken for one below 1
 * @param queueAfter see {@code queue}
 * @param liftShare the warning is lifted when the share is at least this, the path not congested
 *     and the loss below {@link ProbeSettings#maxLoss}, for {@code liftAfter}
 * @param liftAfter see {@code liftShare}
 */
public record WarnSettings(
    double share,
    Duration after,
    Duration shortAfter,
    double loss,
    Duration lossAfter,
    Duration badLossAfter,
    Duration queue,
    Duration queueAfter,
    double liftShare,
    Duration liftAfter) {
  public static final WarnSettings DEFAULTS =
      new WarnSettings(
          1.2,
          Duration.ofSeconds(1),
          Duration.ofMillis(300),
          0.05,
          Duration.ofSeconds(2),
          Duration.ofMillis(1500),
          Duration.ofMillis(400),
          Duration.ofMillis(600),
          1.5,
          Duration.ofSeconds(3));

  /**
   * @throws IllegalArgumentException when a value is out of its range, or a warning would be lifted
   *     at less than what it is given at
   */
  public WarnSettings {
    FallbackSettings.requireFactor("warn.share", share);
    FallbackSettings.requireTime("warn.after", after);
    FallbackSettings.requireTime("warn.short-after", shortAfter);
    FallbackSettings.requireShareOfPackets("warn.loss", loss);
    FallbackSettings.requireTime("warn.loss-after", lossAfter);
    FallbackSettings.requireTime("warn.bad-loss-after", badLossAfter);
    FallbackSettings.requireTime("warn.queue", queue);
    FallbackSettings.requireTime("warn.queue-after", queueAfter);
    FallbackSettings.requireFactor("warn.lift-share", liftShare);
    FallbackSettings.require(
        liftShare >= share, "warn.lift-share must be at least warn.share", liftShare);
    FallbackSettings.requireTime("warn.lift-after", liftAfter);
  }
}

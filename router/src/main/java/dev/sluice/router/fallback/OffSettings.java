package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * When a video is switched off.
 *
 * @param after a share below 1 for this long of the last {@code window} is a reason
 * @param window see {@code after}
 * @param badLoss a loss above this for {@code badLossAfter} is a reason, even without a queue, 0 to
 *     1
 * @param badLossAfter see {@code badLoss}
 * @param heavyLoss a loss above this where no packets queue up switches all videos off at once, 0
 *     to 1: of what gets through a picture is put together too late
 * @param heavyLossAfter how long such a loss must last; the more is lost, the sooner: of twice
 *     {@code heavyLoss} half as long
 * @param lossSmoothing the time constant with which loss is smoothed, so that the few packets of a
 *     second are not taken for a trend
 * @param audioLoss a loss of audio above this while the path is congested and the share below
 *     {@link WarnSettings#liftShare}, for {@code audioLossAfter}, is a reason; half the time warns
 * @param audioLossAfter see {@code audioLoss}
 * @param congestedQueue a queue longer than this counts as congestion
 * @param interval between one video of a transport and the next, the least important first
 * @param hardMarginBps an estimate that leaves less than this beside audio, in bit/s, switches all
 *     videos off that need more, when the path is congested: after {@code hardAfter} where it loses
 *     more than {@link WarnSettings#loss} or has a longer queue than {@link WarnSettings#queue},
 *     else after {@code noRoomAfter}; where it is known whose packets the path is full of, after
 *     {@code noRoomAloneAfter} at the latest or not before {@code noRoomSharedAfter}
 * @param hardQueue a queue longer than this switches all off
 * @param hardAfter how long one of these must hold
 * @param noRoomAfter after so long such an estimate is enough, whatever is lost or waits
 * @param noRoomAloneAfter the same where nobody else's packets wait before the bottleneck, so that
 *     the estimate is what the path carries
 * @param noRoomSharedAfter the same where most of them are somebody else's, of a download perhaps,
 *     which may be short
 * @param measurableBps when less than this is sent, in bit/s, what is known of queue and loss is of
 *     long ago and means nothing
 */
public record OffSettings(
    Duration after,
    Duration window,
    double badLoss,
    Duration badLossAfter,
    double heavyLoss,
    Duration heavyLossAfter,
    Duration lossSmoothing,
    double audioLoss,
    Duration audioLossAfter,
    Duration congestedQueue,
    Duration interval,
    long hardMarginBps,
    Duration hardQueue,
    Duration hardAfter,
    Duration noRoomAfter,
    Duration noRoomAloneAfter,
    Duration noRoomSharedAfter,
    long measurableBps) {
  public static final OffSettings DEFAULTS =
      new OffSettings(
          Duration.ofMillis(1500),
          Duration.ofSeconds(3),
          0.15,
          Duration.ofSeconds(3),
          0.25,
          Duration.ofMillis(850),
          Duration.ofSeconds(2),
          0.03,
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          45_000,
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(700),
          Duration.ofMillis(200),
          Duration.ofMillis(1500),
          8_000);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public OffSettings {
    FallbackSettings.requireTime("off.after", after);
    FallbackSettings.require(
        window.compareTo(after) >= 0, "off.window must be at least off.after", window);
    FallbackSettings.requireShareOfPackets("off.bad-loss", badLoss);
    FallbackSettings.requireTime("off.bad-loss-after", badLossAfter);
    FallbackSettings.requireShareOfPackets("off.heavy-loss", heavyLoss);
    FallbackSettings.requireTime("off.heavy-loss-after", heavyLossAfter);
    FallbackSettings.requireTime("off.loss-smoothing", lossSmoothing);
    FallbackSettings.requireShareOfPackets("off.audio-loss", audioLoss);
    FallbackSettings.requireTime("off.audio-loss-after", audioLossAfter);
    FallbackSettings.requireTime("off.congested-queue", congestedQueue);
    FallbackSettings.requireTime("off.interval", interval);
    FallbackSettings.require(
        hardMarginBps >= 0, "off.hard-margin-bps must not be negative", hardMarginBps);
    FallbackSettings.requireTime("off.hard-queue", hardQueue);
    FallbackSettings.requireTime("off.hard-after", hardAfter);
    FallbackSettings.requireTime("off.no-room-after", noRoomAfter);
    FallbackSettings.requireTime("off.no-room-alone-after", noRoomAloneAfter);
    FallbackSettings.requireTime("off.no-room-shared-after", noRoomSharedAfter);
    FallbackSettings.require(
        measurableBps >= 0, "off.measurable-bps must not be negative", measurableBps);
  }
}

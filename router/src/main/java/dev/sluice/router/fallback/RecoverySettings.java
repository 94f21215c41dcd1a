package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * How a video comes back.
 *
 * @param share an estimate that leaves this share, for {@code shareAfter} on a calm path, proves
 *     without a probe that the network carries the video
 * @param shareAfter see {@code share}
 * @param interval between one video of a transport and the next, the most important first
 * @param baseTime how long nothing but the lowest rung is sent, from the first key frame on
 * @param failsAfter congestion for this long until then, with a share below {@link
 *     WarnSettings#liftShare}, or a share below 1, switches the video off again
 */
public record RecoverySettings(
    double share, Duration shareAfter, Duration interval, Duration baseTime, Duration failsAfter) {
  public static final RecoverySettings DEFAULTS =
      new RecoverySettings(
          2,
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1));

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public RecoverySettings {
    FallbackSettings.requireFactor("recovery.share", share);
    FallbackSettings.requireTime("recovery.share-after", shareAfter);
    FallbackSettings.requireTime("recovery.interval", interval);
    FallbackSettings.requireTime("recovery.base-time", baseTime);
    FallbackSettings.requireTime("recovery.fails-after", failsAfter);
  }
}

package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * The constants of audio fallback; docs/audio-fallback.md explains them, and the configuration has
 * them as {@code audio-fallback.off.window} and so on. A <i>share</i> is a multiple of what the
 * lowest rung of a video needs.
 *
 * @param unknownNeedBps what a video is taken to need while nothing of it was measured, in bit/s
 * @param warn when a subscriber is warned, and the warning lifted
 * @param off when a video is switched off
 * @param backOff how long a video stays off before it is thought of again
 * @param probe how the network is asked whether it carries the video
 * @param recovery how a video comes back
 */
public record FallbackSettings(
    long unknownNeedBps,
    WarnSettings warn,
    OffSettings off,
    BackOffSettings backOff,
    ProbeSettings probe,
    RecoverySettings recovery) {
  public static final FallbackSettings DEFAULTS =
      new FallbackSettings(
          100_000,
          WarnSettings.DEFAULTS,
          OffSettings.DEFAULTS,
          BackOffSettings.DEFAULTS,
          ProbeSettings.DEFAULTS,
          RecoverySettings.DEFAULTS);

  /**
   * @throws IllegalArgumentException when the need is not positive
   */
  public FallbackSettings {
    require(unknownNeedBps > 0, "unknown-need-bps must be positive", unknownNeedBps);
  }

  static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("audio fallback: " + rule + ", but is " + value);
    }
  }

  static void requireTime(String name, Duration time) {
    require(time.isPositive(), name + " must be more than no time", time);
  }

  static void requireShareOfPackets(String name, double value) {
    require(value > 0 && value < 1, name + " must be between 0 and 1", value);
  }

  static void requireFactor(String name, double value) {
    require(value >= 1 && value <= 100, name + " must be from 1 to 100", value);
  }
}

package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * How long a video stays off before the network is asked for it. The first fallback and repeated
 * ones differ: most are the only one, and then waiting helps nobody; one that follows another soon
 * shows that the network is at its limit, and a picture that comes and goes is worse than none.
 *
 * @param first before the first probe after the first fallback
 * @param firstCap the longest between two probes after the first fallback
 * @param repeated before the first probe after a repeated fallback
 * @param repeatedCap the longest between two probes after a repeated fallback
 * @param growth by which the time is multiplied after each probe that failed
 * @param remembered a fallback is a repeated one when the video had come back so short ago
 * @param fuseFallbacks more fallbacks than this within {@code fuseWindow} blow the fuse
 * @param fuseWindow see {@code fuseFallbacks}
 * @param fuseTime how long the video stays off then, whatever the network
 */
public record BackOffSettings(
    Duration first,
    Duration firstCap,
    Duration repeated,
    Duration repeatedCap,
    double growth,
    Duration remembered,
    int fuseFallbacks,
    Duration fuseWindow,
    Duration fuseTime) {
  // Not the minute that one might expect for the fuse: after it, a probe and a key frame the video
  // is to be back within 45 s of the network's recovery, even then.
  public static final BackOffSettings DEFAULTS =
      new BackOffSettings(
          Duration.ofMillis(2500),
          Duration.ofSeconds(4),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          1.5,
          Duration.ofMinutes(2),
          2,
          Duration.ofMinutes(1),
          Duration.ofSeconds(35));

  /**
   * @throws IllegalArgumentException when a value is out of its range, or a cap below what it caps
   */
  public BackOffSettings {
    FallbackSettings.requireTime("back-off.first", first);
    FallbackSettings.require(
        firstCap.compareTo(first) >= 0,
        "back-off.first-cap must be at least back-off.first",
        firstCap);
    FallbackSettings.requireTime("back-off.repeated", repeated);
    FallbackSettings.require(
        repeatedCap.compareTo(repeated) >= 0,
        "back-off.repeated-cap must be at least back-off.repeated",
        repeatedCap);
    FallbackSettings.requireFactor("back-off.growth", growth);
    FallbackSettings.requireTime("back-off.remembered", remembered);
    FallbackSettings.require(
        fuseFallbacks >= 1, "back-off.fuse-fallbacks must be at least 1", fuseFallbacks);
    FallbackSettings.requireTime("back-off.fuse-window", fuseWindow);
    FallbackSettings.requireTime("back-off.fuse-time", fuseTime);
  }
}

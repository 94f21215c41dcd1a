package dev.sluice.router.fallback;

import java.time.Duration;

/**
 * How the network is asked whether it carries a video that is off. Probes before the last one ask
 * for just what is needed, so that those that fail, on a network that is far from it, delay the
 * audio but little.
 *
 * @param share the last probe adds this share of the need to what is sent now, but at least {@code
 *     minBps}
 * @param minBps see {@code share}, in bit/s
 * @param margin and it reaches this multiple of what audio, the more important videos and this one
 *     need together: a network that just carries them doesn't pass
 * @param duration of one probe, at least
 * @param packets of one probe, at least
 * @param extraBytes the last probe sends at least so much more than is sent anyway: a limiter that
 *     has saved up tokens lets a short burst through on a network that doesn't carry the video
 * @param maxDuration but it takes no longer, at least {@code duration}
 * @param passes so many probes must pass in a row; and so many must fail before a video is switched
 *     off that nothing but the estimate speaks against
 * @param pause between them
 * @param maxQueue none begins while the queue is longer than this
 * @param maxLoss or the loss higher than this, 0 to 1
 * @param timeout an outcome that takes longer won't come
 * @param unanswered after so many probes in a row without an answer the video itself is tried
 * @param usedUp where this share of what the path was found to carry arrives, a video that is
 *     warned of is not probed for: nothing would be learned, above 0
 */
public record ProbeSettings(
    double share,
    long minBps,
    double margin,
    Duration duration,
    int packets,
    int extraBytes,
    Duration maxDuration,
    int passes,
    Duration pause,
    Duration maxQueue,
    double maxLoss,
    Duration timeout,
    int unanswered,
    double usedUp) {
  public static final ProbeSettings DEFAULTS =
      new ProbeSettings(
          1.2,
          60_000,
          1.25,
          Duration.ofMillis(250),
          15,
          12_000,
          Duration.ofMillis(1500),
          2,
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          0.12,
          Duration.ofSeconds(3),
          2,
          0.9);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public ProbeSettings {
    FallbackSettings.requireFactor("probe.share", share);
    FallbackSettings.require(minBps >= 0, "probe.min-bps must not be negative", minBps);
    FallbackSettings.requireFactor("probe.margin", margin);
    FallbackSettings.requireTime("probe.duration", duration);
    FallbackSettings.require(packets >= 1, "probe.packets must be at least 1", packets);
    FallbackSettings.require(extraBytes >= 1, "probe.extra-bytes must be at least 1", extraBytes);
    FallbackSettings.require(
        maxDuration.compareTo(duration) >= 0,
        "probe.max-duration must be at least probe.duration",
        maxDuration);
    FallbackSettings.require(passes >= 1, "probe.passes must be at least 1", passes);
    FallbackSettings.requireTime("probe.pause", pause);
    FallbackSettings.requireTime("probe.max-queue", maxQueue);
    FallbackSettings.requireShareOfPackets("probe.max-loss", maxLoss);
    FallbackSettings.requireTime("probe.timeout", timeout);
    FallbackSettings.require(unanswered >= 1, "probe.unanswered must be at least 1", unanswered);
    FallbackSettings.require(usedUp > 0, "probe.used-up must be above 0", usedUp);
  }
}

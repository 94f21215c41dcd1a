package dev.sluice.router.live;

import dev.sluice.router.allocation.AllocationSettings;
import dev.sluice.router.estimate.EstimatorSettings;
import dev.sluice.router.fallback.FallbackSettings;
import dev.sluice.router.track.EconomySettings;

/**
 * How what subscribers are sent is adapted to their networks, and what publishers send to what
 * subscribers want.
 */
public record AdaptationSettings(
    EstimatorSettings estimator,
    AllocationSettings allocation,
    FallbackSettings fallback,
    EconomySettings economy,
    PaceSettings pace) {
  public static final AdaptationSettings DEFAULTS =
      new AdaptationSettings(
          EstimatorSettings.DEFAULTS,
          AllocationSettings.DEFAULTS,
          FallbackSettings.DEFAULTS,
          EconomySettings.DEFAULTS,
          PaceSettings.DEFAULTS);
}

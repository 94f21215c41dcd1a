package dev.sluice.router.live;

import dev.sluice.router.allocation.AllocationSettings;
import dev.sluice.router.estimate.EstimatorSettings;
import dev.sluice.router.fallback.FallbackSettings;

/** How what subscribers are sent is adapted to their networks. */
public record AdaptationSettings(
    EstimatorSettings estimator, AllocationSettings allocation, FallbackSettings fallback) {
  public static final AdaptationSettings DEFAULTS =
      new AdaptationSettings(
          EstimatorSettings.DEFAULTS, AllocationSettings.DEFAULTS, FallbackSettings.DEFAULTS);
}

package dev.sluice.server.config;

import dev.sluice.router.allocation.AllocationSettings;
import dev.sluice.router.estimate.EstimatorSettings;
import dev.sluice.router.fallback.FallbackSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.PaceSettings;
import dev.sluice.router.track.EconomySettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of the constants by which what subscribers are sent is adapted to their networks;
 * docs/audio-fallback.md says what they do.
 */
final class AdaptationKeys {
  private static final RecordKeys<EstimatorSettings> ESTIMATOR =
      new RecordKeys<>("adaptation.estimator", EstimatorSettings.DEFAULTS);
  private static final RecordKeys<AllocationSettings> ALLOCATION =
      new RecordKeys<>("adaptation.allocation", AllocationSettings.DEFAULTS);
  private static final RecordKeys<FallbackSettings> FALLBACK =
      new RecordKeys<>("audio-fallback", FallbackSettings.DEFAULTS);
  private static final RecordKeys<EconomySettings> ECONOMY =
      new RecordKeys<>("adaptation.economy", EconomySettings.DEFAULTS);
  private static final RecordKeys<PaceSettings> PACE =
      new RecordKeys<>("adaptation.pace", PaceSettings.DEFAULTS);

  static final List<Key<?>> ALL =
      Stream.of(ESTIMATOR, ALLOCATION, ECONOMY, PACE, FALLBACK)
          .<Key<?>>flatMap(section -> section.keys().stream())
          .toList();

  private AdaptationKeys() {}

  static AdaptationSettings read(Values values) {
    return new AdaptationSettings(
        ESTIMATOR.read(values),
        ALLOCATION.read(values),
        FALLBACK.read(values),
        ECONOMY.read(values),
        PACE.read(values));
  }
}

package dev.sluice.router.estimate;

/**
 * Bounds of the estimate.
 *
 * @param startBps before anything is known
 * @param minBps the least
 * @param maxBps the most
 */
public record EstimatorSettings(long startBps, long minBps, long maxBps) {
  public static final EstimatorSettings DEFAULTS =
      new EstimatorSettings(1_000_000, 30_000, 50_000_000);

  public EstimatorSettings {
    if (minBps <= 0 || startBps < minBps || maxBps < startBps) {
      throw new IllegalArgumentException(
          "start %d, min %d, max %d bit/s".formatted(startBps, minBps, maxBps));
    }
  }
}

package dev.sluice.router.estimate;

/**
 * Bounds of settings. Not part of {@link EstimatorSettings}, whose parts would then have to be
 * there before it, and it before them.
 */
final class Bounds {
  private Bounds() {}

  static void requirePositive(int... numbers) {
    for (int number : numbers) {
      if (number <= 0) {
        throw new IllegalArgumentException(number + " is not positive");
      }
    }
  }

  static void requireShares(double... shares) {
    for (double share : shares) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(share + " is not between 0 and 1");
      }
    }
  }
}

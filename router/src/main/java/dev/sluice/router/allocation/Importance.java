package dev.sluice.router.allocation;

import java.util.Comparator;

/** How much a video matters among those of its transport. */
final class Importance {
  // Codecs need fewer bits for each pixel of larger pictures.
  private static final double BITS_BY_PIXELS = 0.75;

  /** The most important first. Sizes are compared by powers of two: resizing is no reason. */
  static final Comparator<VideoDemand> ORDER =
      Comparator.comparing((VideoDemand demand) -> !demand.exempt())
          .thenComparing(demand -> !demand.screen())
          .thenComparingInt(VideoDemand::speakerRank)
          .thenComparing(Importance::sizeClass, Comparator.reverseOrder())
          .thenComparingInt(VideoDemand::id);

  private Importance() {}

  /** A shared screen or who speaks now. */
  static boolean isProminent(VideoDemand demand) {
    return demand.screen() || demand.speakerRank() == 0;
  }

  /** Its weight where bits are shared out. */
  static double weight(VideoDemand demand, AllocationSettings.Sharing sharing) {
    int sizeClass = demand.pixels() > 0 ? sizeClass(demand) : sizeClass(sharing.assumedPixels());
    double bySize = Math.pow(2, sizeClass * BITS_BY_PIXELS);
    return isProminent(demand) ? bySize * sharing.prominence() : bySize;
  }

  private static int sizeClass(VideoDemand demand) {
    return sizeClass(demand.pixels());
  }

  private static int sizeClass(long pixels) {
    return pixels > 0 ? Long.SIZE - 1 - Long.numberOfLeadingZeros(pixels) : 0;
  }
}

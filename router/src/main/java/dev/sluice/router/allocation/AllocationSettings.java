package dev.sluice.router.allocation;

import java.util.concurrent.TimeUnit;

/**
 * When layers change. Shares are 0 to 1.
 *
 * @param sharing who gets how much of what there is
 * @param downgrade when videos get less
 * @param upgrade when they get more
 * @param probe how it is found out that the path carries more
 * @param start what is different when a transport begins
 */
public record AllocationSettings(
    Sharing sharing, Downgrade downgrade, Upgrade upgrade, Probe probe, Start start) {
  public static final AllocationSettings DEFAULTS =
      new AllocationSettings(
          Sharing.DEFAULTS, Downgrade.DEFAULTS, Upgrade.DEFAULTS, Probe.DEFAULTS, Start.DEFAULTS);

  /**
   * Who gets how much.
   *
   * @param readableHeight in pixels: a screen and who speaks get about so much before others get
   *     more than the least
   * @param prominence how many times more a screen or who speaks counts for the rest than another
   *     video in a tile of the same size
   * @param assumedPixels of a tile whose size is not known
   * @param worthwhile bits are only moved from one video to another when the rates grow by about
   *     this share in the weighted mean: each such change costs key frames
   */
  public record Sharing(
      int readableHeight, double prominence, long assumedPixels, double worthwhile) {
    public static final Sharing DEFAULTS = new Sharing(360, 2, 640 * 360, 0.1);

    public Sharing {
      requirePositive(readableHeight, assumedPixels);
      requireFactor(prominence);
      requireShare(worthwhile);
    }
  }

  /**
   * When videos get less, apart from congestion.
   *
   * @param tolerance videos that need at least so many times the budget get less
   * @param highLoss so great a share of packets lost ...
   * @param highLossMillis ... for so long is too much, as congestion is
   * @param dearerMillis for how long videos may need more than the budget because they need more
   *     than before, while the path carries it
   */
  public record Downgrade(double tolerance, double highLoss, int highLossMillis, int dearerMillis) {
    public static final Downgrade DEFAULTS = new Downgrade(1.05, 0.10, 1_000, 1_000);

    public Downgrade {
      requireFactor(tolerance);
      requireShare(highLoss);
      requirePositive(highLossMillis, dearerMillis);
    }
  }

  /**
   * When videos get more.
   *
   * @param headroom the budget must be so many times what the videos cost afterwards, where the
   *     estimate alone tells that the path carries it
   * @param provenHeadroom the same where a probe has shown it; the budget itself is a careful one
   * @param usedShare so great a share of the estimate that arrives shows that it is true
   * @param proofMillis for how long what was shown is believed
   * @param holdMillis the least time from a downgrade to the next upgrade, and for how long there
   *     must be headroom by the estimate alone
   * @param mostHoldMillis the hold doubles with each upgrade that is undone, up to this
   * @param undoneMillis a downgrade within this time of an upgrade undoes it
   * @param calmMillis the hold is halved after so long without such
   * @param dwellMillis the least time from one change of the spatial layer to the next one up
   */
  public record Upgrade(
      double headroom,
      double provenHeadroom,
      double usedShare,
      int proofMillis,
      int holdMillis,
      int mostHoldMillis,
      int undoneMillis,
      int calmMillis,
      int dwellMillis) {
    public static final Upgrade DEFAULTS =
        new Upgrade(1.15, 1.02, 0.9, 4_000, 2_000, 12_000, 10_000, 30_000, 3_000);

    public Upgrade {
      requireFactor(headroom);
      requireFactor(provenHeadroom);
      requireShare(usedShare);
      requirePositive(proofMillis, holdMillis, undoneMillis, calmMillis, dwellMillis);
      requireOrder(holdMillis, mostHoldMillis);
    }
  }

  /**
   * How it is found out that the path carries more.
   *
   * @param margin how many times what an upgrade adds is added for the probe
   * @param reach a probe for several upgrades at once is of no more than so many times what is sent
   * @param durationMillis how long it is at least
   * @param packets how many it has at least
   * @param nextMillis the least time from one that has passed to the next
   * @param retryMillis the time from one that has failed to the next ...
   * @param retryGrowth ... which grows so many times with each further one ...
   * @param mostRetryMillis ... up to this: it bounds how late a path that has become better is
   *     found
   */
  public record Probe(
      double margin,
      double reach,
      int durationMillis,
      int packets,
      int nextMillis,
      int retryMillis,
      double retryGrowth,
      int mostRetryMillis) {
    public static final Probe DEFAULTS = new Probe(1.2, 3, 200, 15, 1_000, 3_000, 1.5, 12_000);

    public Probe {
      requireFactor(margin);
      requireFactor(reach);
      requireFactor(retryGrowth);
      requirePositive(durationMillis, packets, nextMillis);
      requireOrder(retryMillis, mostRetryMillis);
    }
  }

  /**
   * What is different when a transport begins, so that a good network soon gets the best: until a
   * probe fails or a video gets less, but not for longer than this.
   *
   * @param millis how long at most
   * @param holdMillis the hold; there is no dwell
   * @param nextMillis the least time between probes
   * @param unprovenBps what the videos may take at once, as far as the estimate at the start allows
   */
  public record Start(int millis, int holdMillis, int nextMillis, long unprovenBps) {
    public static final Start DEFAULTS = new Start(5_000, 500, 100, 500_000);

    public Start {
      requirePositive(millis, holdMillis, nextMillis, unprovenBps);
    }
  }

  static long nanos(int millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static void requirePositive(long... values) {
    for (long value : values) {
      if (value <= 0) {
        throw new IllegalArgumentException(value + " is not above 0");
      }
    }
  }

  private static void requireFactor(double factor) {
    if (!(factor >= 1 && factor <= 100)) {
      throw new IllegalArgumentException(factor + " is not 1 to 100");
    }
  }

  private static void requireShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(share + " is not above 0 and up to 1");
    }
  }

  private static void requireOrder(int leastMillis, int mostMillis) {
    if (leastMillis <= 0 || mostMillis < leastMillis) {
      throw new IllegalArgumentException("from %d up to %d ms".formatted(leastMillis, mostMillis));
    }
  }
}

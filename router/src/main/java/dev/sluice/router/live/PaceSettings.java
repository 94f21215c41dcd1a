package dev.sluice.router.live;

/**
 * How fast packets leave for a subscriber, and how much of the estimate videos are granted. Shares
 * are above 0 and up to 1.
 *
 * @param usableShare of the estimate that may be promised to videos and sound
 * @param fillingShare of the estimate at which packets leave while a queue grows on the path
 * @param congestedShare the same while it has grown for long
 * @param harmlessQueueMillis a longer queue on the path is to drain: less is granted and leaves
 * @param drainMillis a queue that much longer would leave nothing
 * @param mostDrained but no more than this share is held back
 * @param keyFrameQueueMillis up to this queue on the path it is not drained while a key frame waits
 *     here: so much leaves then as the path was found to carry
 * @param catchUpMillis what waits for so long here leaves twice as fast on a path without a queue
 *     that is not known to be full
 * @param mostCatchUp but no more than this share faster
 * @param backlogMillis a key frame waits for so long now and then; when what waits never becomes
 *     less ...
 * @param backlogBorneMillis ... for so long, more is granted than fits ...
 * @param backlogShare ... and only this share of it is
 * @param baseOnlyQueueMillis when a longer queue has come up on the path only base layers are sent,
 *     which takes no key frame ...
 * @param baseOnlyEndMillis ... until it is shorter than this ...
 * @param baseOnlyMillis ... or for so long, until when less is granted than fits
 * @param leastBps the slowest
 * @param spareBytes so many more than usual may be on their way: when a path breaks down this is
 *     what sound must wait behind
 */
public record PaceSettings(
    double usableShare,
    double fillingShare,
    double congestedShare,
    int harmlessQueueMillis,
    int drainMillis,
    double mostDrained,
    int keyFrameQueueMillis,
    int catchUpMillis,
    double mostCatchUp,
    int backlogMillis,
    int backlogBorneMillis,
    double backlogShare,
    int baseOnlyQueueMillis,
    int baseOnlyEndMillis,
    int baseOnlyMillis,
    long leastBps,
    int spareBytes) {
  public static final PaceSettings DEFAULTS =
      new PaceSettings(
          0.99, 0.95, 0.8, 60, 800, 0.6, 250, 400, 0.4, 250, 1_000, 0.75, 60, 15, 2_000, 60_000,
          12_000);

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public PaceSettings {
    requireShare("usable-share", usableShare);
    requireShare("filling-share", fillingShare);
    requireShare("congested-share", congestedShare);
    requireShare("most-drained", mostDrained);
    requireShare("most-catch-up", mostCatchUp);
    requireShare("backlog-share", backlogShare);
    if (Math.min(harmlessQueueMillis, Math.min(drainMillis, catchUpMillis)) <= 0
        || keyFrameQueueMillis <= 0
        || backlogMillis <= 0
        || backlogBorneMillis <= 0
        || baseOnlyEndMillis <= 0
        || baseOnlyMillis <= 0
        || leastBps <= 0
        || spareBytes <= 0) {
      throw new IllegalArgumentException("pace: every time, rate and size must be above 0");
    }
    if (baseOnlyEndMillis > baseOnlyQueueMillis) {
      throw new IllegalArgumentException(
          "base layers only behind a queue of %d ms, until it is of %d ms"
              .formatted(baseOnlyQueueMillis, baseOnlyEndMillis));
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s, not above 0 and up to 1".formatted(name, share));
    }
  }
}

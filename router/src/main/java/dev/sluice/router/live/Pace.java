package dev.sluice.router.live;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.sluice.router.allocation.Budget;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;

/**
 * What follows from the estimate of one transport for how much is granted, how fast it leaves, and
 * how much of it may be on its way. A function of times and inputs; worker thread.
 */
final class Pace {
  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = 1_000_000_000;
  // Retransmissions of a bad second must not starve the next one.
  private static final double MAX_RETRANSMISSION_SHARE = 0.2;
  // A path that was so much wider when it was full last has become another one since
  private static final double MOST_ABOVE_ESTIMATE = 2;

  private final PaceSettings settings;
  private long lastWithoutBacklogNanos;
  private boolean queued;
  private long queuedSinceNanos;

  Pace(PaceSettings settings, long nowNanos) {
    this.settings = settings;
    this.lastWithoutBacklogNanos = nowNanos;
  }

  /** What may be promised of the estimate, in bit/s. */
  long usableBps(Estimate estimate, long retransmissionBps) {
    double mostRepeats = estimate.bitrateBps() * MAX_RETRANSMISSION_SHARE;
    double repeats = Math.min((double) retransmissionBps, mostRepeats);
    return (long) (estimate.bitrateBps() * settings.usableShare() * flowing(estimate) - repeats);
  }

  /**
   * What is granted to videos of a budget.
   *
   * @param waitingNanos how long what waits here takes to leave
   */
  Budget granted(long budgetBps, long waitingNanos, long nowNanos) {
    if (waitingNanos <= MILLISECONDS.toNanos(settings.backlogMillis())) {
      lastWithoutBacklogNanos = nowNanos;
    }
    long behindNanos = nowNanos - lastWithoutBacklogNanos;
    return behindNanos > MILLISECONDS.toNanos(settings.backlogBorneMillis())
        ? new Budget((long) (budgetBps * settings.backlogShare()), budgetBps)
        : Budget.whole(budgetBps);
  }

  /**
   * Whether only base layers are to be sent for now: a queue has just come up on the path. What it
   * comes from shows later, and less is granted then if it must be; a smaller encoding begins with
   * a key frame, which would have to get through that queue.
   */
  boolean onlyBase(Estimate estimate, long nowNanos) {
    long queueNanos = estimate.queueDelayNanos();
    if (queueNanos < MILLISECONDS.toNanos(settings.baseOnlyEndMillis())) {
      queued = false;
    } else if (!queued && queueNanos > MILLISECONDS.toNanos(settings.baseOnlyQueueMillis())) {
      queued = true;
      queuedSinceNanos = nowNanos;
    }
    return queued && nowNanos - queuedSinceNanos < MILLISECONDS.toNanos(settings.baseOnlyMillis());
  }

  /**
   * The share of the estimate that may be sent while a queue that has built up on the path is to
   * drain: sound waits in it, too.
   */
  private double flowing(Estimate estimate) {
    double excess =
        estimate.queueDelayNanos() - (double) MILLISECONDS.toNanos(settings.harmlessQueueMillis());
    double drained = excess / MILLISECONDS.toNanos(settings.drainMillis());
    return 1 - Math.clamp(drained, 0, settings.mostDrained());
  }

  /**
   * The rate at which packets leave, on the wire.
   *
   * @param waitingNanos as of {@link #granted}
   * @param keyFrameWaits whether a picture stands still until what waits has left
   * @param probeBps of the probe that runs; 0 when none does
   */
  long paceBps(Estimate estimate, long waitingNanos, boolean keyFrameWaits, long probeBps) {
    long paceBps =
        keyFrameWaits && mayStayFull(estimate)
            ? estimate.fullBps()
            : adaptedBps(estimate, waitingNanos);
    return Math.max(Math.max(paceBps, probeBps), settings.leastBps());
  }

  /**
   * Whether the queue on the path is short enough not to be drained for now, and known to be made
   * by no more than what the path carries.
   */
  private boolean mayStayFull(Estimate estimate) {
    return estimate.usage() != Usage.CLEAR
        && estimate.queueDelayNanos() <= MILLISECONDS.toNanos(settings.keyFrameQueueMillis())
        && estimate.fullBps() <= MOST_ABOVE_ESTIMATE * estimate.bitrateBps();
  }

  private long adaptedBps(Estimate estimate, long waitingNanos) {
    double share =
        switch (estimate.usage()) {
          case CLEAR -> 1 + catchingUp(waitingNanos);
          case FILLING -> settings.fillingShare();
          case CONGESTED -> settings.congestedShare();
        };
    double mostBps = Math.max((double) estimate.bitrateBps(), (double) estimate.fullBps());
    return (long) (Math.min(estimate.bitrateBps() * share, mostBps) * flowing(estimate));
  }

  /** A key frame that waits leaves faster where the path shows no queue: it may carry more. */
  private double catchingUp(long waitingNanos) {
    double share = (double) waitingNanos / MILLISECONDS.toNanos(settings.catchUpMillis());
    return Math.min(settings.mostCatchUp(), share);
  }

  /** How many bytes are on their way at a pace while all is well, and some more. */
  long windowBytes(long paceBps, long responseNanos) {
    return bytesOnPath(paceBps, responseNanos) + settings.spareBytes();
  }

  /** How many bytes are on their way, at a rate, on a path that has no queue. */
  static long bytesOnPath(long bps, long responseNanos) {
    return (long) (bps / BITS_PER_BYTE * (responseNanos / NANOS_PER_SECOND));
  }

  /**
   * Whether what is on its way tells by itself when the queue on the path is gone, sooner than
   * feedback does: what the path carries is known, and none of it is somebody else's.
   */
  boolean knowsQueue(Estimate estimate) {
    return mayStayFull(estimate) && estimate.sharing() == Sharing.ALONE;
  }
}

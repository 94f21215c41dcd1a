package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The probe that runs, if one does: what is to be sent for it, what arrived, what it proves. */
final class ProbeRun {
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;
  // What a caller that was late makes up for at most, so that no burst spoils the measurement
  private static final double MOST_AT_ONCE_NANOS = 100_000_000;
  private static final int LONGEST_TIMES_PLANNED = 5;
  private static final int LATEST_PACKETS = 5;
  private static final double FILLED_SHARE = 0.97;
  private static final double TOLD_SHARE = 0.7;
  private static final double CARRIED_SHARE = 0.9;

  // The queue of a failed probe, with the time until feedback tells that it is gone
  private static final long QUEUE_DRAINS_NANOS = 400_000_000;

  private enum Phase {
    NONE,
    SENDING,
    WAITING
  }

  private final EstimatorSettings.Probe settings;
  private final long[] latestDelays = new long[LATEST_PACKETS];
  private Phase phase = Phase.NONE;
  private ProbePlan plan = new ProbePlan(1, 1, 1);
  private long startNanos;
  private long endNanos;
  private long firstSequence;
  private long lastSequence;
  private double lossBefore;
  private long delayBeforeNanos;
  private long sentBeforeBps = RateMeter.UNKNOWN;
  private int sentPackets;
  private long sentBytes;
  private int lostPackets;
  private int receivedPackets;
  private @Nullable ProbeOutcome outcome;
  private long passedBps;
  private long queuedBps;
  private long queuedUntilNanos;

  ProbeRun(EstimatorSettings.Probe settings) {
    this.settings = settings;
  }

  /**
   * Begins one.
   *
   * @param delayNanos of the latest packets, or {@link SlidingMinimum#NONE}
   * @param loss the share lost lately
   * @param sentBps what was sent lately, or unknown
   */
  void start(ProbePlan plan, long delayNanos, double loss, long sentBps, long nowNanos) {
    if (!isLately(nowNanos)) {
      sentBeforeBps = sentBps;
    }
    this.plan = plan;
    phase = Phase.SENDING;
    outcome = null;
    startNanos = nowNanos;
    firstSequence = SentPackets.UNKNOWN;
    lastSequence = SentPackets.UNKNOWN;
    lossBefore = loss;
    delayBeforeNanos = delayNanos;
    sentPackets = 0;
    sentBytes = 0;
    lostPackets = 0;
    receivedPackets = 0;
  }

  boolean isRunning() {
    return phase != Phase.NONE;
  }

  void onSent(long sequence, int wireBytes, long nowNanos) {
    if (phase != Phase.SENDING) {
      return;
    }
    if (firstSequence == SentPackets.UNKNOWN) {
      firstSequence = sequence;
    }
    lastSequence = sequence;
    sentPackets++;
    sentBytes += wireBytes;
    // Ends with a packet, for the rate to be that of what was sent until then
    long lastedNanos = nowNanos - startNanos;
    if (lastedNanos >= plan.minDurationNanos()
        && sentPackets >= plan.minPackets()
        && sentBytes * BIT_NANOS_PER_BYTE >= FILLED_SHARE * plan.targetBps() * lastedNanos) {
      endSending(nowNanos);
    }
  }

  private void endSending(long nowNanos) {
    phase = Phase.WAITING;
    endNanos = nowNanos;
  }

  int paddingDue(long nowNanos) {
    onTick(nowNanos);
    if (phase != Phase.SENDING) {
      return 0;
    }
    double due = plan.targetBps() * (double) (nowNanos - startNanos) / BIT_NANOS_PER_BYTE;
    double most = plan.targetBps() * MOST_AT_ONCE_NANOS / BIT_NANOS_PER_BYTE;
    return (int) Math.clamp(due - sentBytes, 0, most);
  }

  /** Time passes: sending ends, or the answer does not come. */
  void onTick(long nowNanos) {
    if (phase == Phase.SENDING
        && nowNanos - startNanos >= LONGEST_TIMES_PLANNED * plan.minDurationNanos()) {
      endSending(nowNanos);
    }
    if (phase == Phase.WAITING
        && nowNanos - endNanos >= MILLISECONDS.toNanos(settings.answerMillis())) {
      judge();
    }
  }

  void onReceived(long sequence, long delayNanos) {
    if (isOfProbe(sequence)) {
      if (delayBeforeNanos == SlidingMinimum.NONE) {
        delayBeforeNanos = delayNanos;
      }
      latestDelays[receivedPackets % LATEST_PACKETS] = delayNanos;
      receivedPackets++;
    }
  }

  void onLost(long sequence) {
    if (isOfProbe(sequence)) {
      lostPackets++;
    }
  }

  /** One that was told as lost has arrived after all. */
  void onReceivedAfterAll(long sequence, long delayNanos) {
    if (isOfProbe(sequence) && lostPackets > 0) {
      lostPackets--;
      onReceived(sequence, delayNanos);
    }
  }

  private boolean isOfProbe(long sequence) {
    return phase != Phase.NONE
        && firstSequence != SentPackets.UNKNOWN
        && sequence >= firstSequence
        && sequence <= lastSequence;
  }

  /**
   * A feedback has been taken.
   *
   * @param newestTold the newest packet that any feedback told of
   */
  void onFeedbackEnd(long newestTold, long nowNanos) {
    if (phase == Phase.NONE) {
      return;
    }
    queuedUntilNanos = nowNanos + QUEUE_DRAINS_NANOS;
    long queueNanos = queueGrowthNanos();
    if (queueNanos > MILLISECONDS.toNanos(settings.abortQueueMillis())) {
      end(failedByQueue(queueNanos));
    } else if (lostPackets > bearableLoss(Math.max(plan.minPackets(), sentPackets))) {
      end(failedByLoss());
    } else if (phase == Phase.WAITING && newestTold >= lastSequence) {
      judge();
    }
  }

  private void judge() {
    double sendingNanos = endNanos - startNanos;
    double wantedBps = settings.deliveredShare() * plan.targetBps();
    int told = receivedPackets + lostPackets;
    long queueNanos = queueGrowthNanos();
    // What was sent, in the time that the path took for it
    double deliveredBps = sentBytes * BIT_NANOS_PER_BYTE / (sendingNanos + queueNanos);
    if (sentPackets < plan.minPackets()
        || sentBytes * BIT_NANOS_PER_BYTE < wantedBps * sendingNanos
        || told < TOLD_SHARE * sentPackets) {
      end(new ProbeOutcome.Unanswered());
    } else if (lostPackets > bearableLoss(told)) {
      end(failedByLoss());
    } else if (queueNanos > MILLISECONDS.toNanos(settings.queueMillis())) {
      end(failedByQueue(queueNanos));
    } else if (deliveredBps < wantedBps) {
      end(
          new ProbeOutcome.Failed(
              "%.0f of %d bit/s arrived".formatted(deliveredBps, plan.targetBps())));
    } else {
      end(new ProbeOutcome.Passed((long) deliveredBps));
    }
  }

  /** How much longer the quickest of the latest packets took than those before the probe. */
  private long queueGrowthNanos() {
    if (receivedPackets < LATEST_PACKETS) {
      return 0;
    }
    long least = latestDelays[0];
    for (int i = 1; i < LATEST_PACKETS; i++) {
      least = Math.min(least, latestDelays[i]);
    }
    return Math.max(0, least - delayBeforeNanos);
  }

  // Of few packets a single lost one is no sign, and many where some are lost all the time
  private double bearableLoss(int packets) {
    return 1 + packets * (lossBefore + settings.lossShare());
  }

  private ProbeOutcome failedByLoss() {
    return new ProbeOutcome.Failed("%d of %d packets lost".formatted(lostPackets, sentPackets));
  }

  private ProbeOutcome failedByQueue(long queueNanos) {
    queuedBps = plan.targetBps();
    return new ProbeOutcome.Failed("queue of %.0f ms".formatted(queueNanos / 1e6));
  }

  /** What arrives can't be compared any more with what arrived before. */
  void giveUp() {
    if (phase != Phase.NONE) {
      end(new ProbeOutcome.Unanswered());
    }
  }

  private void end(ProbeOutcome outcome) {
    phase = Phase.NONE;
    this.outcome = outcome;
    passedBps = outcome instanceof ProbeOutcome.Passed(long deliveredBps) ? deliveredBps : 0;
  }

  /** What a probe that filled the queue aimed at, since this was asked last, or 0. */
  long takeQueuedBps() {
    long taken = queuedBps;
    queuedBps = 0;
    return taken;
  }

  /**
   * Whether a queue may be that of one that runs, or has ended lately. It is not where less comes
   * through than was sent before: the path has become narrower meanwhile.
   *
   * @param carriedBps what the bottleneck lets through, or unknown
   */
  boolean mayHaveQueued(long carriedBps, long nowNanos) {
    boolean isNarrower =
        carriedBps != RateMeter.UNKNOWN && carriedBps < CARRIED_SHARE * sentBeforeBps;
    return isLately(nowNanos) && !isNarrower;
  }

  /** Whether one runs, or ended so lately that its queue is still there. */
  private boolean isLately(long nowNanos) {
    return isRunning() || nowNanos < queuedUntilNanos;
  }

  /** What a probe has passed with since this was asked last, or 0. */
  long takePassedBps() {
    long taken = passedBps;
    passedBps = 0;
    return taken;
  }

  Optional<ProbeOutcome> takeOutcome() {
    Optional<ProbeOutcome> taken = Optional.ofNullable(outcome);
    outcome = null;
    return taken;
  }
}

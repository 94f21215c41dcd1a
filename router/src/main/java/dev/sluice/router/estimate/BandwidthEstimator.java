package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Optional;

/**
 * Judges what one transport can carry. Whatever feedback says, nothing is thrown, and the estimate
 * stays in its bounds; what it says of packets that were not sent, or were told of before, is left
 * out. Used on the worker's thread only.
 */
public final class BandwidthEstimator {
  private static final long NEVER = Long.MIN_VALUE;
  // No queue grows by that much from one packet to the next: the receiver's clock was set
  private static final long CLOCK_JUMP_NANOS = 2_000_000_000;
  private static final long ARRIVALS_LAST_NANOS = 1_000_000_000;
  // Who did not run for so long has not listened either
  private static final long STALL_NANOS = 200_000_000;

  private final EstimatorSettings settings;
  private final SentPackets sent = new SentPackets();
  private final Outstanding outstanding = new Outstanding(sent);
  private final RateMeter arrivals = new RateMeter();
  // Of what is told of, so that it compares with the arrivals
  private final RateMeter departures = new RateMeter();
  // Of these what has arrived
  private final RateMeter deliveries = new RateMeter();
  private final PathQueue queue;
  private final LossResponse loss;
  private final ProbeRun probe;
  private final RateControl rate;

  private boolean hasDelay;
  private long lastDelayNanos;
  private boolean toldOfNew;
  private boolean everTold;
  private long lastToldNanos;
  private long unansweredSinceNanos = NEVER;
  private long lastTickNanos;
  private boolean wasReset;
  private boolean silent;
  private Estimate estimate;

  /** Knows nothing yet. */
  public BandwidthEstimator(EstimatorSettings settings, long nowNanos) {
    this.settings = settings;
    queue = new PathQueue(settings.delay(), sent);
    loss = new LossResponse(settings.loss());
    probe = new ProbeRun(settings.probe());
    rate = new RateControl(settings, nowNanos);
    lastToldNanos = nowNanos;
    lastTickNanos = nowNanos;
    estimate = current();
  }

  /**
   * A packet was sent that feedback will tell of.
   *
   * @param transportSequence as stamped into it, 0 to 65535; each one more than the one before
   * @param wireBytes see {@link WireSize}
   */
  public void onSent(int transportSequence, int wireBytes, long nowNanos) {
    long sequence = sent.add(transportSequence, wireBytes, nowNanos);
    outstanding.onSent(wireBytes);
    probe.onSent(sequence, wireBytes, nowNanos);
    if (unansweredSinceNanos == NEVER) {
      unansweredSinceNanos = nowNanos;
    }
  }

  /**
   * A packet was sent again as it was, its number included. Feedback can't tell the copies apart,
   * so from now on the packet counts as lost, unless it is known to have arrived: a copy that comes
   * late says nothing of the delay of the path.
   */
  public void onSentAgain(int transportSequence) {
    long sequence = sent.find(transportSequence);
    if (sequence != SentPackets.UNKNOWN) {
      sent.setSentAgain(sequence);
    }
  }

  /**
   * Feedback tells that a packet has arrived, or has not by the time it was made. In the order of
   * the feedback; {@link #onFeedbackEnd} follows after its last packet.
   *
   * @param arrivalNanos on the receiver's clock; means nothing when not received
   */
  public void onPacketFeedback(int transportSequence, boolean received, long arrivalNanos) {
    long sequence = sent.find(transportSequence);
    if (sequence == SentPackets.UNKNOWN || sent.isReceived(sequence)) {
      return;
    }
    boolean isNew = !sent.isTold(sequence);
    if (isNew) {
      toldOfNew = true;
      outstanding.onTold(sequence);
      departures.add(sent.sendNanos(sequence), sent.wireBytes(sequence));
    }
    if (received && !sent.isSentAgain(sequence)) {
      sent.setReceived(sequence);
      onReceived(sequence, isNew, arrivalNanos);
    } else if (isNew) {
      sent.setLost(sequence);
      loss.onLost(sent.sendNanos(sequence), sent.wireBytes(sequence));
      probe.onLost(sequence);
    }
  }

  private void onReceived(long sequence, boolean isNew, long arrivalNanos) {
    long sendNanos = sent.sendNanos(sequence);
    long delayNanos = arrivalNanos - sendNanos;
    long jumpNanos = delayNanos - lastDelayNanos;
    if (hasDelay && (jumpNanos > CLOCK_JUMP_NANOS || jumpNanos < -CLOCK_JUMP_NANOS)) {
      forgetDelays();
    }
    hasDelay = true;
    lastDelayNanos = delayNanos;
    int wireBytes = sent.wireBytes(sequence);
    arrivals.add(arrivalNanos, wireBytes);
    deliveries.add(sendNanos, wireBytes);
    queue.add(sequence, arrivalNanos);
    if (isNew) {
      loss.onReceived(sendNanos, wireBytes);
      probe.onReceived(sequence, delayNanos);
    } else {
      loss.onReceivedAfterAll(sendNanos, wireBytes);
      probe.onReceivedAfterAll(sequence, delayNanos);
    }
  }

  private void forgetDelays() {
    hasDelay = false;
    arrivals.reset();
    departures.reset();
    deliveries.reset();
    queue.reset();
    probe.giveUp();
  }

  /** The packets of one feedback have been told of. */
  public void onFeedbackEnd(long nowNanos) {
    if (!toldOfNew) {
      return;
    }
    toldOfNew = false;
    everTold = true;
    lastToldNanos = nowNanos;
    onHeard();
    outstanding.onFeedbackEnd(!queue.isThere(), nowNanos);
    adjust(nowNanos);
    probe.onFeedbackEnd(outstanding.newestTold(), nowNanos);
    takeProbe(nowNanos);
    renew();
  }

  private void adjust(long nowNanos) {
    long arrivedBps = arrivals.bps();
    long sentBps = charged().bps();
    boolean lossReducesRate = loss.isReductionDue(departures.bps(), nowNanos);
    if (queue.isLongerPath() && !loss.holdsGrowth() && !rate.isOverloaded(arrivedBps, sentBps)) {
      queue.acceptAsEmpty();
      rate.onLongerPath();
    }
    if (queue.isThere()) {
      rate.onWaiting(arrivedBps);
    }
    queue.onFeedbackEnd(arrivedBps, charged().recentBps(), nowNanos);
    if (queue.isTooLong()) {
      onQueue(arrivedBps, sentBps, nowNanos);
    } else if (lossReducesRate) {
      rate.onLoss(arrivedBps, departures.bps(), nowNanos);
    } else if (queue.usage() == Estimate.Usage.CLEAR && queue.isShort() && !loss.holdsGrowth()) {
      rate.onClear(arrivedBps, arrivals.recentBps(), nowNanos);
    } else {
      rate.onHold(nowNanos);
    }
  }

  /** What the arrivals are to be compared with: what is lost by chance slows nothing down. */
  private RateMeter charged() {
    return loss.exceedsChance() ? departures : deliveries;
  }

  private void onQueue(long arrivedBps, long sentBps, long nowNanos) {
    long carriedBps = queue.carriedBps();
    if (probe.mayHaveQueued(carriedBps, nowNanos)) {
      // That is what the probe is to find out; what it proves is for its end
      rate.onHold(nowNanos);
      return;
    }
    boolean isKnown = carriedBps != BusyPeriod.UNKNOWN;
    if (!isKnown && !queue.comesOneByOne()) {
      // The next feedback tells whether there is a queue at all
      rate.onHold(nowNanos);
      return;
    }
    boolean losesMuch = loss.exceedsChance();
    boolean isOurs = !isKnown || queue.isOurs(losesMuch);
    boolean isFull = isOurs && (!isKnown || queue.hasGrown() || losesMuch);
    boolean isOverloaded = isFull && rate.isOverloaded(arrivedBps, sentBps);
    boolean lowered;
    if (isOverloaded || (isKnown && isFull && queue.grows())) {
      lowered = rate.onBusy(isKnown ? carriedBps : arrivedBps, nowNanos);
    } else {
      if (!isOurs) {
        rate.onOthersQueue();
      }
      long leastBps = isOurs ? 0 : queue.entitledBps(losesMuch);
      long roundTripNanos = outstanding.roundTripNanos();
      lowered = rate.onQueue(queue.grows(), arrivedBps, leastBps, roundTripNanos, nowNanos);
    }
    if (lowered) {
      loss.onRateReduced(nowNanos);
    }
  }

  private void takeProbe(long nowNanos) {
    long passedBps = probe.takePassedBps();
    if (passedBps > 0) {
      rate.onProbe(passedBps);
    }
    long queuedBps = probe.takeQueuedBps();
    if (queuedBps > 0) {
      rate.onProbeQueue(queuedBps, arrivals.recentBps(), nowNanos);
    }
  }

  /**
   * The receiver estimates so much itself (REMB). Counts only where transport-wide feedback never
   * came: what we know of the path ourselves is newer.
   */
  public void onReceiverEstimate(long bitrateBps, long nowNanos) {
    if (!everTold) {
      onHeard();
      rate.onReceiverEstimate(bitrateBps);
      renew();
    }
  }

  private void onHeard() {
    unansweredSinceNanos = NEVER;
    silent = false;
    wasReset = false;
  }

  /** Time passes; every 10 to 50 ms. */
  public void onTick(long nowNanos) {
    loss.onTick(nowNanos);
    outstanding.onTick(nowNanos);
    probe.onTick(nowNanos);
    takeProbe(nowNanos);
    if (nowNanos - lastToldNanos > ARRIVALS_LAST_NANOS) {
      arrivals.reset();
      departures.reset();
      deliveries.reset();
    }
    if (unansweredSinceNanos != NEVER) {
      long sinceTickNanos = nowNanos - lastTickNanos;
      unansweredSinceNanos += sinceTickNanos > STALL_NANOS ? sinceTickNanos : 0;
      long unansweredNanos = nowNanos - unansweredSinceNanos;
      // Who never told of anything has not fallen silent
      silent =
          everTold && unansweredNanos >= MILLISECONDS.toNanos(settings.silence().silentMillis());
      if (!wasReset && unansweredNanos >= MILLISECONDS.toNanos(settings.silence().resetMillis())) {
        wasReset = true;
        forgetDelays();
        loss.reset();
        rate.onSilence();
      }
    }
    lastTickNanos = nowNanos;
    renew();
  }

  /** The latest; the same object until something in it changes. */
  public Estimate estimate() {
    return estimate;
  }

  private void renew() {
    Estimate now = current();
    if (!now.equals(estimate)) {
      estimate = now;
    }
  }

  private Estimate current() {
    return new Estimate(
        rate.bitrateBps(),
        rate.fullBps(),
        rate.reason(),
        queue.usage(),
        queue.sharing(rate.bitrateBps(), loss.exceedsChance()),
        loss.share(),
        queue.nanos(),
        Math.max(0, arrivals.bps()),
        silent);
  }

  /** Begins a probe; one that runs already is given up. */
  public void startProbe(ProbePlan plan, long nowNanos) {
    long sentBps = departures.bps();
    probe.start(plan, queue.latestDelayNanos(), loss.share(), sentBps, nowNanos);
  }

  /** Whether a probe runs, its outcome being open. */
  public boolean isProbing() {
    return probe.isRunning();
  }

  /** How many bytes of padding, on the wire, a running probe needs to have sent now; else 0. */
  public int paddingDue(long nowNanos) {
    return probe.paddingDue(nowNanos);
  }

  /** The outcome of the last probe, once. */
  public Optional<ProbeOutcome> takeOutcome() {
    return probe.takeOutcome();
  }

  /**
   * What was sent and is not known to have arrived or not, on the wire; 0 before the first
   * feedback, and after it has been missing for long.
   */
  public long inFlightBytes() {
    return isAnswered() ? outstanding.bytes() : 0;
  }

  /**
   * Whether feedback is later than it should be, or tells of hardly anything since it was; false
   * where {@link #inFlightBytes} is 0.
   */
  public boolean isOverdue(long nowNanos) {
    return isAnswered() && outstanding.isOverdue(nowNanos);
  }

  private boolean isAnswered() {
    return everTold && !wasReset;
  }

  /**
   * How long packets are on their way, with the wait for the feedback on them, while there is no
   * queue; 0 at first.
   */
  public long responseNanos() {
    return outstanding.responseNanos();
  }
}

package dev.sluice.router.estimate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Optional;

/**
 * Judges what one transport can carry. Whatever feedback says, nothing is thrown, and the estimate
 * stays in its bounds; what it says of packets that were not sent, or were told of before, is
 * counted and left out. Used on the worker's thread only.
 */
public final class BandwidthEstimator {
  private static final long NEVER = Long.MIN_VALUE;
  // No queue grows by that much from one packet to the next: the receiver's clock was set
  private static final long CLOCK_JUMP_NANOS = 2_000_000_000;
  // A trend that the quickest packets don't confirm is jitter
  private static final long LEAST_QUEUE_NANOS = 8_000_000;
  private static final long ARRIVALS_LAST_NANOS = 1_000_000_000;
  // Of what is sent arrives so little: no jitter looks like that
  private static final double COLLAPSED_SHARE = 0.5;
  private static final double NEW_IN_ROUND_TRIP = 0.2;

  private final EstimatorSettings settings;
  private final SentPackets sent = new SentPackets();
  private final RateMeter arrivals = new RateMeter();
  // Of what is told of, so that it compares with the arrivals
  private final RateMeter departures = new RateMeter();
  private final DelayTrend trend = new DelayTrend();
  private final StandingQueue queue;
  private final PathUsage usage;
  private final LossResponse loss;
  private final ProbeRun probe;
  private final RateControl rate;

  private boolean hasDelay;
  private long lastDelayNanos;
  private boolean toldOfNew;
  private long newestTold = SentPackets.UNKNOWN;
  private long inFlightBytes;
  private boolean everTold;
  private long roundTripNanos;
  private long lastToldNanos;
  private long unansweredSinceNanos = NEVER;
  private boolean wasReset;
  private boolean silent;
  private long ignoredFeedback;
  private long clockJumps;
  private Estimate estimate;

  /** Knows nothing yet. */
  public BandwidthEstimator(EstimatorSettings settings, long nowNanos) {
    this.settings = settings;
    queue = new StandingQueue(settings.delay());
    usage = new PathUsage(settings.delay());
    loss = new LossResponse(settings.loss());
    probe = new ProbeRun(settings.probe());
    rate = new RateControl(settings, nowNanos);
    lastToldNanos = nowNanos;
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
    inFlightBytes += wireBytes;
    probe.onSent(sequence, wireBytes, nowNanos);
    if (unansweredSinceNanos == NEVER) {
      unansweredSinceNanos = nowNanos;
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
      ignoredFeedback++;
      return;
    }
    boolean isNew = !sent.isTold(sequence);
    if (isNew) {
      toldOfNew = true;
      onTold(sequence);
      departures.add(sent.sendNanos(sequence), sent.wireBytes(sequence));
    }
    if (received) {
      sent.setReceived(sequence);
      onReceived(sequence, isNew, arrivalNanos);
    } else if (isNew) {
      sent.setLost(sequence);
      loss.onLost(sent.sendNanos(sequence), sent.wireBytes(sequence));
      probe.onLost(sequence);
    }
  }

  /** What was sent before is not on its way any more, whether it is told of or not. */
  private void onTold(long sequence) {
    if (newestTold == SentPackets.UNKNOWN) {
      inFlightBytes = 0;
      newestTold = sent.newest();
    }
    if (sequence > newestTold) {
      for (long each = newestTold + 1; each <= sequence; each++) {
        inFlightBytes -= sent.wireBytes(each);
      }
      newestTold = sequence;
    }
  }

  private void onReceived(long sequence, boolean isNew, long arrivalNanos) {
    long sendNanos = sent.sendNanos(sequence);
    long delayNanos = arrivalNanos - sendNanos;
    long jumpNanos = delayNanos - lastDelayNanos;
    if (hasDelay && (jumpNanos > CLOCK_JUMP_NANOS || jumpNanos < -CLOCK_JUMP_NANOS)) {
      clockJumps++;
      forgetDelays();
    }
    hasDelay = true;
    lastDelayNanos = delayNanos;
    int wireBytes = sent.wireBytes(sequence);
    arrivals.add(arrivalNanos, wireBytes);
    queue.add(sendNanos, delayNanos);
    trend.add(sendNanos, arrivalNanos);
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
    queue.reset();
    trend.reset();
    usage.reset();
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
    long sampleNanos = Math.max(0, nowNanos - sent.sendNanos(newestTold));
    roundTripNanos += (long) (NEW_IN_ROUND_TRIP * (sampleNanos - roundTripNanos));
    adjust(nowNanos);
    probe.onFeedbackEnd(newestTold, nowNanos);
    takeProbe(nowNanos);
    renew();
  }

  private void adjust(long nowNanos) {
    long arrivedBps = arrivals.bps();
    long sentBps = departures.bps();
    long queueNanos = queue.nanos();
    boolean lossReducesRate = loss.isReductionDue(sentBps, nowNanos);
    long clearNanos = MILLISECONDS.toNanos(settings.delay().clearQueueMillis());
    if (queueNanos > clearNanos
        && queue.isSteady()
        && !loss.holdsGrowth()
        && !rate.isOverloaded(arrivedBps, sentBps)) {
      queue.acceptAsBase();
      trend.reset();
      usage.reset();
      rate.onLongerPath();
      queueNanos = 0;
    }
    boolean isThere = queueNanos >= LEAST_QUEUE_NANOS;
    boolean grows = isThere && trend.isOverusing();
    usage.update(isThere && trend.isRising(), grows, queueNanos, nowNanos);
    if (grows || queueNanos >= MILLISECONDS.toNanos(settings.delay().standingQueueMillis())) {
      onQueue(grows, arrivedBps, sentBps, nowNanos);
      onCollapse(grows, nowNanos);
    } else if (lossReducesRate) {
      rate.onLoss(arrivedBps, sentBps, nowNanos);
    } else if (usage.usage() == Estimate.Usage.CLEAR
        && queueNanos < clearNanos
        && !loss.holdsGrowth()) {
      rate.onClear(arrivedBps, nowNanos);
    } else {
      rate.onHold(nowNanos);
    }
  }

  private void onQueue(boolean grows, long arrivedBps, long sentBps, long nowNanos) {
    if (probe.mayHaveQueued(nowNanos)) {
      // That is what the probe is to find out; what it proves is for its end
      rate.onHold(nowNanos);
    } else if (rate.onQueue(grows, arrivedBps, sentBps, roundTripNanos, nowNanos)) {
      loss.onRateReduced(nowNanos);
    }
  }

  /** Half a second is too long to wait where hardly anything gets through any more. */
  private void onCollapse(boolean grows, long nowNanos) {
    long arrivedBps = arrivals.recentBps();
    long sentBps = departures.recentBps();
    if (grows && arrivedBps != RateMeter.UNKNOWN && arrivedBps < COLLAPSED_SHARE * sentBps) {
      onQueue(true, arrivedBps, sentBps, nowNanos);
    }
  }

  private void takeProbe(long nowNanos) {
    long passedBps = probe.takePassedBps();
    if (passedBps > 0) {
      rate.onProbe(passedBps);
    }
    long queuedBps = probe.takeQueuedBps();
    if (queuedBps > 0) {
      rate.onProbeQueue(queuedBps, nowNanos);
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
    probe.onTick(nowNanos);
    takeProbe(nowNanos);
    if (nowNanos - lastToldNanos > ARRIVALS_LAST_NANOS) {
      arrivals.reset();
      departures.reset();
    }
    if (unansweredSinceNanos != NEVER) {
      long unansweredNanos = nowNanos - unansweredSinceNanos;
      silent = unansweredNanos >= MILLISECONDS.toNanos(settings.silence().silentMillis());
      if (!wasReset && unansweredNanos >= MILLISECONDS.toNanos(settings.silence().resetMillis())) {
        wasReset = true;
        forgetDelays();
        loss.reset();
        rate.onSilence();
      }
    }
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
        rate.reason(),
        usage.usage(),
        loss.share(),
        queue.nanos(),
        Math.max(0, arrivals.bps()),
        silent);
  }

  /** Begins a probe; one that runs already is given up. */
  public void startProbe(ProbePlan plan, long nowNanos) {
    probe.start(plan, queue.latestDelayNanos(), loss.share(), nowNanos);
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
   * What was sent and is not known to have arrived or not, on the wire; 0 before the first feedback,
   * and after it has been missing for long.
   */
  public long inFlightBytes() {
    return everTold && !wasReset ? Math.max(0, inFlightBytes) : 0;
  }

  /** The smoothed time from the sending of a packet to the feedback that tells of it; 0 at first. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /** How many packets feedback told of that were not sent, are forgotten or had arrived before. */
  public long ignoredFeedback() {
    return ignoredFeedback;
  }

  /** How often the receiver's clock jumped. */
  public long clockJumps() {
    return clockJumps;
  }
}

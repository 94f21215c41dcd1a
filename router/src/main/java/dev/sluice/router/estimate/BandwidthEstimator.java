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
  // A trend that the quickest packets don't confirm is jitter
  private static final long LEAST_QUEUE_NANOS = 8_000_000;
  private static final long ARRIVALS_LAST_NANOS = 1_000_000_000;
  // Of what is sent arrives so little: no jitter looks like that
  private static final double COLLAPSED_SHARE = 0.5;
  private static final long COLLAPSED_QUEUE_NANOS = 40_000_000;
  private static final int COLLAPSED_PACKETS = 3;
  // From one feedback to the next; the delay of a path that became longer stays the same
  private static final long COLLAPSED_GROWTH_NANOS = 10_000_000;
  private static final double NEW_IN_ROUND_TRIP = 0.2;
  private static final long LEAST_ROUND_TRIP_NANOS = 600_000_000;
  private static final int LEAST_ROUND_TRIP_BUCKETS = 3;

  private final EstimatorSettings settings;
  private final SentPackets sent = new SentPackets();
  private final RateMeter arrivals = new RateMeter();
  // Of what is told of, so that it compares with the arrivals
  private final RateMeter departures = new RateMeter();
  // Of these what has arrived
  private final RateMeter deliveries = new RateMeter();
  private final DelayTrend trend = new DelayTrend();
  private final StandingQueue queue;
  private final PathUsage usage;
  private final LossResponse loss;
  private final ProbeRun probe;
  private final RateControl rate;

  private boolean hasDelay;
  private long lastDelayNanos;
  private boolean toldOfNew;
  // Of the packets of the feedback in hand
  private int latestPackets;
  private long latestDelayNanos;
  // Of those of the one before
  private long previousDelayNanos;
  private long newestTold = SentPackets.UNKNOWN;
  private long inFlightBytes;
  private boolean everTold;
  private final SlidingMinimum roundTrips =
      new SlidingMinimum(LEAST_ROUND_TRIP_NANOS, LEAST_ROUND_TRIP_BUCKETS);
  private long roundTripNanos;
  private long lastToldNanos;
  private long unansweredSinceNanos = NEVER;
  private boolean wasReset;
  private boolean silent;
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
      forgetDelays();
    }
    hasDelay = true;
    lastDelayNanos = delayNanos;
    latestDelayNanos = latestPackets == 0 ? delayNanos : Math.min(latestDelayNanos, delayNanos);
    latestPackets++;
    int wireBytes = sent.wireBytes(sequence);
    arrivals.add(arrivalNanos, wireBytes);
    deliveries.add(sendNanos, wireBytes);
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
    deliveries.reset();
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
    roundTrips.add(nowNanos, sampleNanos);
    roundTripNanos += (long) (NEW_IN_ROUND_TRIP * (sampleNanos - roundTripNanos));
    adjust(nowNanos);
    previousDelayNanos = latestDelayNanos;
    latestPackets = 0;
    probe.onFeedbackEnd(newestTold, nowNanos);
    takeProbe(nowNanos);
    renew();
  }

  private void adjust(long nowNanos) {
    long arrivedBps = arrivals.bps();
    long sentBps = charged().bps();
    long queueNanos = queue.nanos();
    boolean lossReducesRate = loss.isReductionDue(departures.bps(), nowNanos);
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
      if (grows && isCollapsed() && isLate()) {
        onQueue(true, arrivals.recentBps(), charged().recentBps(), nowNanos);
      }
    } else if (isCollapsed()
        && isLate()
        && queue.excessNanos(previousDelayNanos) >= COLLAPSED_GROWTH_NANOS
        && latestDelayNanos - previousDelayNanos >= COLLAPSED_GROWTH_NANOS) {
      onQueue(true, arrivals.recentBps(), charged().recentBps(), nowNanos);
    } else if (lossReducesRate) {
      rate.onLoss(arrivedBps, departures.bps(), nowNanos);
    } else if (usage.usage() == Estimate.Usage.CLEAR
        && queueNanos < clearNanos
        && !loss.holdsGrowth()) {
      rate.onClear(arrivedBps, nowNanos);
    } else {
      rate.onHold(nowNanos);
    }
  }

  /** What the arrivals are to be compared with: what is lost by chance slows nothing down. */
  private RateMeter charged() {
    return loss.exceedsChance() ? departures : deliveries;
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
  private boolean isCollapsed() {
    long arrivedBps = arrivals.recentBps();
    return latestPackets >= COLLAPSED_PACKETS
        && arrivedBps != RateMeter.UNKNOWN
        && arrivedBps < COLLAPSED_SHARE * charged().recentBps();
  }

  private boolean isLate() {
    return queue.excessNanos(latestDelayNanos) >= COLLAPSED_QUEUE_NANOS;
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
    probe.onTick(nowNanos);
    takeProbe(nowNanos);
    if (nowNanos - lastToldNanos > ARRIVALS_LAST_NANOS) {
      arrivals.reset();
      departures.reset();
      deliveries.reset();
    }
    if (unansweredSinceNanos != NEVER) {
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
   * What was sent and is not known to have arrived or not, on the wire; 0 before the first
   * feedback, and after it has been missing for long.
   */
  public long inFlightBytes() {
    return everTold && !wasReset ? Math.max(0, inFlightBytes) : 0;
  }

  /**
   * How much later than the quickest of half a second the feedback is that is waited for; 0 where
   * {@link #inFlightBytes} is.
   */
  public long overdueNanos(long nowNanos) {
    if (!everTold || wasReset || newestTold == sent.newest()) {
      return 0;
    }
    long next = Math.max(newestTold + 1, sent.newest() - SentPackets.CAPACITY + 1);
    return Math.max(0, nowNanos - sent.sendNanos(next) - roundTrips.value());
  }

  /**
   * The smoothed time from the sending of a packet to the feedback that tells of it; 0 at first.
   */
  public long roundTripNanos() {
    return roundTripNanos;
  }
}

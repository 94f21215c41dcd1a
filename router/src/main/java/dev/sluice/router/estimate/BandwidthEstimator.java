package dev.sluice.router.estimate;

import java.util.Optional;

/** Judges what one transport can carry. Used on the worker's thread only. */
public final class BandwidthEstimator {
  private final EstimatorSettings settings;

  /** Knows nothing yet. */
  public BandwidthEstimator(EstimatorSettings settings, long nowNanos) {
    this.settings = settings;
  }

  /**
   * A packet was sent that feedback will tell of.
   *
   * @param transportSequence as stamped into it, 0 to 65535
   * @param wireBytes see {@link WireSize}
   */
  public void onSent(int transportSequence, int wireBytes, long nowNanos) {}

  /**
   * Feedback tells that a packet has arrived, or has not by the time it was made. In the order of
   * the feedback; {@link #onFeedbackEnd} follows after its last packet.
   *
   * @param arrivalNanos on the receiver's clock; means nothing when not received
   */
  public void onPacketFeedback(int transportSequence, boolean received, long arrivalNanos) {}

  /** The packets of one feedback have been told of. */
  public void onFeedbackEnd(long nowNanos) {}

  /** The receiver estimates so much itself (REMB). */
  public void onReceiverEstimate(long bitrateBps, long nowNanos) {}

  /** Time passes; every 10 to 50 ms. */
  public void onTick(long nowNanos) {}

  /** The latest; the same object until something in it changes. */
  public Estimate estimate() {
    return new Estimate(
        settings.startBps(), Estimate.Reason.START, Estimate.Usage.CLEAR, 0, 0, 0, false);
  }

  /** Begins a probe; one that runs already is given up. */
  public void startProbe(ProbePlan plan, long nowNanos) {}

  /** Whether a probe runs, its outcome being open. */
  public boolean isProbing() {
    return false;
  }

  /** How many bytes of padding, on the wire, a running probe needs to have sent now; else 0. */
  public int paddingDue(long nowNanos) {
    return 0;
  }

  /** The outcome of the last probe, once. */
  public Optional<ProbeOutcome> takeOutcome() {
    return Optional.empty();
  }
}

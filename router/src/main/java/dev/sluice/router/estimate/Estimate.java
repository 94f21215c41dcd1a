package dev.sluice.router.estimate;

/**
 * What a transport can carry, and why.
 *
 * @param bitrateBps of everything that is sent on it, as it is on the wire: see {@link WireSize}
 * @param fullBps what the path carried when it was full last: to send more makes a queue, as long
 *     as it has not become wider; {@link #NEVER_FULL} while that is not known
 * @param reason what the bitrate was changed by last
 * @param usage how full the path is
 * @param sharing whether the queue was found to be ours
 * @param loss the share of packets that the feedback of about the last second tells as lost, 0 to 1
 * @param queueDelayNanos how much longer than at best packets take now
 * @param acknowledgedBps what arrived in about the last half second
 * @param silent packets were sent for 2 s and no feedback came
 */
public record Estimate(
    long bitrateBps,
    long fullBps,
    Reason reason,
    Usage usage,
    Sharing sharing,
    double loss,
    long queueDelayNanos,
    long acknowledgedBps,
    boolean silent) {
  /** The path was not found to be full yet, or not since it became wider. */
  public static final long NEVER_FULL = Long.MAX_VALUE;

  /** What changed the bitrate last. */
  public enum Reason {
    /** Nothing yet. */
    START,
    /** It went up, because what was sent arrived without a queue. */
    GROWTH,
    /** Packets took ever longer. */
    DELAY,
    LOSS,
    /** A probe arrived. */
    PROBE,
    /** The receiver's own estimate (REMB), where it sends no transport-wide feedback. */
    REMB,
    /** No feedback came for long. */
    SILENCE
  }

  /** Whose packets fill the bottleneck of a path. */
  public enum Sharing {
    /** Nothing tells. */
    UNKNOWN,
    /** Ours: it carries no more than the estimate says. */
    ALONE,
    /** Mostly somebody else's: it serves far more than the estimate says. */
    SHARED
  }

  /** How full a path is. */
  public enum Usage {
    /** What is sent arrives without a queue. */
    CLEAR,
    /** The queue has grown for 200 ms: nothing more should be added. */
    FILLING,
    /** It has been too much for 300 ms or more. */
    CONGESTED
  }
}

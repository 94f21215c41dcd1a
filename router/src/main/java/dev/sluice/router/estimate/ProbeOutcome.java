package dev.sluice.router.estimate;

/** What became of a probe. */
public sealed interface ProbeOutcome {
  /** The path carried it; the estimate is at least {@code deliveredBps} now. */
  record Passed(long deliveredBps) implements ProbeOutcome {}

  /** A queue grew, packets were lost or less than nine tenths arrived in time. */
  record Failed(String reason) implements ProbeOutcome {}

  /** No feedback told of it, or there was nothing to fill it with. */
  record Unanswered() implements ProbeOutcome {}
}

package dev.sluice.router.fallback;

import dev.sluice.router.estimate.ProbeOutcome;

/**
 * How far a video that is off is on its way back.
 *
 * @param dueNanos when the next probe is due
 * @param provenFromNanos from when on an estimate that is high enough does without probes
 * @param lengthNanos the time before the next probe, should this one fail, before it grows
 * @param capNanos the longest that this time becomes
 * @param passes how many probes in a row have passed
 * @param unanswered how many in a row nobody answered
 */
record BackOff(
    long dueNanos,
    long provenFromNanos,
    long lengthNanos,
    long capNanos,
    int passes,
    int unanswered) {

  /** After a warning: the first probe is due at once. */
  static BackOff warned(BackOffSettings settings, long nowNanos) {
    return new BackOff(
        nowNanos, nowNanos, settings.first().toNanos(), settings.firstCap().toNanos(), 0, 0);
  }

  /** After a fallback that had none before it, or none for long. */
  static BackOff first(BackOffSettings settings, long nowNanos) {
    long lengthNanos = settings.first().toNanos();
    return new BackOff(
        nowNanos + lengthNanos, nowNanos, lengthNanos, settings.firstCap().toNanos(), 0, 0);
  }

  /** After a fallback that followed another one. */
  static BackOff repeated(BackOffSettings settings, long nowNanos) {
    return repeated(settings, settings.repeated().toNanos(), nowNanos);
  }

  /** After one fallback too many. */
  static BackOff fuse(BackOffSettings settings, long nowNanos) {
    return repeated(settings, settings.fuseTime().toNanos(), nowNanos);
  }

  private static BackOff repeated(BackOffSettings settings, long untilDueNanos, long nowNanos) {
    long dueNanos = nowNanos + untilDueNanos;
    return new BackOff(
        dueNanos, dueNanos, settings.repeated().toNanos(), settings.repeatedCap().toNanos(), 0, 0);
  }

  /** After a probe. */
  BackOff after(ProbeOutcome outcome, FallbackSettings settings, long nowNanos) {
    return switch (outcome) {
      case ProbeOutcome.Passed _ ->
          new BackOff(
              nowNanos + settings.probe().pause().toNanos(),
              provenFromNanos,
              lengthNanos,
              capNanos,
              passes + 1,
              0);
      case ProbeOutcome.Failed _ -> longer(settings.backOff(), 0, nowNanos);
      case ProbeOutcome.Unanswered _ -> longer(settings.backOff(), unanswered + 1, nowNanos);
    };
  }

  /** After a probe whose outcome doesn't matter: what counts is the estimate after it. */
  BackOff longer(BackOffSettings settings, long nowNanos) {
    return longer(settings, 0, nowNanos);
  }

  private BackOff longer(BackOffSettings settings, int unanswered, long nowNanos) {
    double grown = lengthNanos * settings.growth();
    long nextNanos = (long) Math.min(grown, (double) capNanos);
    return new BackOff(nowNanos + nextNanos, provenFromNanos, nextNanos, capNanos, 0, unanswered);
  }
}

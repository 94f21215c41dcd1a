package dev.sluice.router.fallback;

import dev.sluice.router.estimate.ProbePlan;

/**
 * What the conditions of one video say for it and against it: its share of what is left beside
 * audio, as a multiple of what its lowest rung needs, and for how long that has been so. Worker
 * thread.
 */
final class VideoHealth {
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;

  private final FallbackSettings settings;
  private final PathHealth path;
  private final Hold scarce = new Hold();
  private final Hold tooLittle = new Hold();
  private final Lately tooLittleLately;
  private final Hold audioSuffers = new Hold();
  private final Hold ample = new Hold();
  private final Hold proven = new Hold();
  private final Hold failing = new Hold();
  private VideoConditions conditions;
  private long shareBps;
  private long neededBps;
  private boolean carried;

  VideoHealth(FallbackSettings settings, PathHealth path, VideoConditions conditions) {
    this.settings = settings;
    this.path = path;
    this.tooLittleLately = new Lately(settings.off().window());
    this.conditions = conditions;
  }

  /**
   * Looks at how things are. No time passes for a video that isn't wanted.
   *
   * @param reservedBps for the more important videos, of what is left beside audio
   */
  void observe(VideoConditions latest, long reservedBps, long nowNanos) {
    conditions = latest;
    shareBps = path.link().videoBudgetBps() - reservedBps;
    neededBps = path.link().audioBps() + reservedBps + needBps();
    if (!latest.wanted()) {
      forget();
      return;
    }
    // A path that carries it now without a queue does so, whatever the estimate is.
    carried = path.isClear() && path.estimate().acknowledgedBps() >= neededBps;
    boolean lifts = hasShare(settings.warn().liftShare());
    boolean isScarce = !hasShare(settings.warn().share()) && !carried;
    boolean below = isScarce && (shareBps < needBps() || path.keepsWaiting(nowNanos));
    scarce.update(isScarce, nowNanos);
    tooLittle.update(below, nowNanos);
    tooLittleLately.update(below, nowNanos);
    audioSuffers.update(path.audioSuffers() && !lifts, nowNanos);
    ample.update(lifts && path.isCalm(), nowNanos);
    proven.update(hasShare(settings.recovery().share()) && path.isProven(), nowNanos);
    failing.update(below || (path.congested() && !lifts), nowNanos);
  }

  /** Forgets for how long anything has been so. */
  void forget() {
    scarce.reset();
    tooLittle.reset();
    forgetShortage();
    audioSuffers.reset();
    ample.reset();
    proven.reset();
    failing.reset();
  }

  /** Forgets that its share has been too small: that was an error. */
  void forgetShortage() {
    tooLittleLately.reset();
  }

  VideoConditions conditions() {
    return conditions;
  }

  private boolean hasShare(double share) {
    return shareBps >= (long) (needBps() * share);
  }

  private long needBps() {
    return conditions.needBps() > 0 ? conditions.needBps() : settings.unknownNeedBps();
  }

  private long carefulNeedBps() {
    return Math.max(needBps(), conditions.carefulNeedBps());
  }

  /** Whether it needs less than another one. */
  boolean needsLessThan(VideoHealth other) {
    return needBps() < other.needBps();
  }

  /**
   * What is kept for it of what less important videos could have. Nothing when its lowest rung
   * wouldn't fit in place of theirs either: better another one than none.
   */
  long reservedBps() {
    boolean keeps = !conditions.mayFallBack() || shareBps >= needBps();
    return conditions.wanted() && keeps ? needBps() : 0;
  }

  /** Whether its subscriber is to be warned. */
  boolean warns(long nowNanos) {
    return scarce.hasLasted(settings.warn().after(), nowNanos)
        || tooLittle.hasLasted(settings.warn().shortAfter(), nowNanos)
        || audioSuffers.hasLasted(settings.off().audioLossAfter().toNanos() / 2, nowNanos)
        || path.warns(nowNanos);
  }

  /** Whether all has been well for long enough to lift a warning. */
  boolean lifts(long nowNanos) {
    return ample.hasLasted(settings.warn().liftAfter(), nowNanos);
  }

  /** Whether its share is too small, or as good as that. */
  boolean hasTooLittle(long nowNanos) {
    return tooLittle.hasLasted(0, nowNanos);
  }

  /** Whether its share has been too small for most of the time. */
  boolean starves() {
    return tooLittleLately.heldNanos() >= settings.off().after().toNanos();
  }

  /** Whether a higher estimate would make a difference. */
  boolean wouldBenefit() {
    return !hasShare(settings.warn().liftShare());
  }

  /** Whether it hurts the audio, or nothing of it would be worth having. */
  boolean doesHarm(long nowNanos) {
    return path.losesMuch(nowNanos)
        || audioSuffers.hasLasted(settings.off().audioLossAfter(), nowNanos);
  }

  /** Whether no video can be sent on this path. */
  boolean isHopeless(long nowNanos) {
    return path.isDead(nowNanos) || (path.hasNoRoom(nowNanos) && shareBps < needBps() && !carried);
  }

  /** Whether it is not carried after all, though it was thought to be. */
  boolean isFailing(long nowNanos) {
    return failing.hasLasted(settings.recovery().failsAfter(), nowNanos);
  }

  /** Whether the estimate by itself proves that it is carried. */
  boolean isProven(long nowNanos) {
    return proven.hasLasted(settings.recovery().shareAfter(), nowNanos);
  }

  /** Asks whether the network carries it with so much room that there is nothing to warn of. */
  ProbePlan doubt() {
    double ampleBps = neededBps - needBps() + needBps() * settings.warn().liftShare();
    return plan(Math.max((double) sendingBps(), ampleBps * settings.probe().margin()));
  }

  /** Asks whether the network carries just what is needed. */
  ProbePlan firstProbe() {
    return plan(Math.max((double) (sendingBps() + carefulNeedBps()), carefulNeededBps()));
  }

  /** Asks whether it carries more than that. */
  ProbePlan lastProbe() {
    ProbeSettings probe = settings.probe();
    double moreBps = Math.max(carefulNeedBps() * probe.share(), (double) probe.minBps());
    double targetBps = Math.max(sendingBps() + moreBps, carefulNeededBps() * probe.margin());
    long extraNanos = (long) (probe.extraBytes() * BIT_NANOS_PER_BYTE / (targetBps - sendingBps()));
    long leastNanos = probe.duration().toNanos();
    return plan(targetBps, Math.clamp(extraNanos, leastNanos, probe.maxDuration().toNanos()));
  }

  private ProbePlan plan(double targetBps) {
    return plan(targetBps, settings.probe().duration().toNanos());
  }

  private ProbePlan plan(double targetBps, long durationNanos) {
    return new ProbePlan((long) targetBps, durationNanos, settings.probe().packets());
  }

  private long sendingBps() {
    return path.link().sendingBps();
  }

  private double carefulNeededBps() {
    return neededBps - needBps() + carefulNeedBps();
  }
}

package dev.sluice.router.fallback;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import dev.sluice.router.fallback.State.AudioOnly;
import dev.sluice.router.fallback.State.Doubting;
import dev.sluice.router.fallback.State.Normal;
import dev.sluice.router.fallback.State.Probing;
import dev.sluice.router.fallback.State.Recovering;
import dev.sluice.router.fallback.State.Settling;
import dev.sluice.router.fallback.State.Warn;

/**
 * The audio fallback of one video: its state, and what its own conditions say for and against a
 * change. When several want to change at a time, {@link AudioFallback} chooses. Worker thread.
 */
final class VideoFallback {
  private final FallbackSettings settings;
  private final PathHealth path;
  private final FallbackListener listener;
  private final FallbackHistory history;
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
  private State state = new Normal();
  private VideoQuality told = VideoQuality.GOOD;

  VideoFallback(
      FallbackSettings settings,
      PathHealth path,
      FallbackListener listener,
      VideoConditions conditions) {
    this.settings = settings;
    this.path = path;
    this.listener = listener;
    this.history = new FallbackHistory(settings.backOff());
    this.tooLittleLately = new Lately(settings.off().window());
    this.conditions = conditions;
  }

  Permission permission() {
    return conditions.mayFallBack() ? state.permission() : Permission.ALL;
  }

  State state() {
    return state;
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
      forgetConditions();
      state =
          switch (state) {
            case Doubting doubting -> doubting.warn();
            case Probing probing -> new AudioOnly(probing.backOff());
            case Normal _, Warn _, AudioOnly _, Recovering _, Settling _ -> state;
          };
      return;
    }
    // A path that carries it now without a queue does so, whatever the estimate is.
    carried = path.isClear() && path.estimate().acknowledgedBps() >= neededBps;
    boolean lifts = shareBps >= share(settings.warn().liftShare());
    boolean isScarce = shareBps < share(settings.warn().share()) && !carried;
    boolean below = isScarce && (shareBps < needBps() || path.keepsWaiting());
    scarce.update(isScarce, nowNanos);
    tooLittle.update(below, nowNanos);
    tooLittleLately.update(below, nowNanos);
    audioSuffers.update(path.audioSuffers() && !lifts, nowNanos);
    ample.update(lifts && path.isCalm(), nowNanos);
    proven.update(shareBps >= share(settings.recovery().share()) && path.isProven(), nowNanos);
    failing.update(below || (path.congested() && !lifts), nowNanos);
  }

  private void forgetConditions() {
    scarce.reset();
    tooLittle.reset();
    tooLittleLately.reset();
    audioSuffers.reset();
    ample.reset();
    proven.reset();
    failing.reset();
  }

  private long share(double factor) {
    return (long) (needBps() * factor);
  }

  /** What it needs at least, in bit/s. */
  long needBps() {
    return conditions.needBps() > 0 ? conditions.needBps() : settings.unknownNeedBps();
  }

  private long carefulNeedBps() {
    return Math.max(needBps(), conditions.carefulNeedBps());
  }

  /**
   * What is kept for it of what less important videos could have. Nothing when its lowest rung
   * wouldn't fit in place of theirs either: better another one than none.
   */
  long reservedBps() {
    boolean keeps = !conditions.mayFallBack() || shareBps >= needBps();
    return conditions.wanted() && keeps ? needBps() : 0;
  }

  /** Takes the steps that depend on nobody else. */
  void step(long nowNanos) {
    if (!conditions.wanted()) {
      return;
    }
    state =
        switch (state) {
          case Normal normal ->
              !conditions.mayFallBack() || !warns(nowNanos) ? normal : warn(nowNanos);
          case Warn warn -> lifts(nowNanos) ? lift() : stillWarned(warn, nowNanos);
          case Doubting doubting -> lifts(nowNanos) ? lift() : stillDoubting(doubting, nowNanos);
          case AudioOnly off -> conditions.mayFallBack() ? off : recovering(nowNanos);
          case Probing probing -> stillProbing(probing, nowNanos);
          case Recovering recovering -> stillRecovering(recovering, nowNanos);
          case Settling settling -> stillSettling(settling, nowNanos);
        };
  }

  private boolean warns(long nowNanos) {
    return scarce.hasLasted(settings.warn().after(), nowNanos)
        || tooLittle.hasLasted(settings.warn().shortAfter(), nowNanos)
        || audioSuffers.hasLasted(settings.off().audioLossAfter().toNanos() / 2, nowNanos)
        || path.warns(nowNanos);
  }

  private State warn(long nowNanos) {
    tell(VideoQuality.WARNING);
    return new Warn(BackOff.warned(settings.backOff(), nowNanos), 0);
  }

  private boolean lifts(long nowNanos) {
    return !conditions.mayFallBack() || ample.hasLasted(settings.warn().liftAfter(), nowNanos);
  }

  private State lift() {
    tell(VideoQuality.GOOD);
    return new Normal();
  }

  private State stillWarned(Warn warn, long nowNanos) {
    boolean better = warn.asked() > 0 && !tooLittle.hasLasted(0, nowNanos);
    return better ? new Warn(warn.backOff(), 0) : warn;
  }

  private State stillDoubting(Doubting doubting, long nowNanos) {
    return isTooLate(doubting.askedNanos(), nowNanos)
        ? confirmed(doubting.warn(), nowNanos)
        : doubting;
  }

  private State confirmed(Warn warn, long nowNanos) {
    return new Warn(warn.backOff().longer(settings.backOff(), nowNanos), warn.asked() + 1);
  }

  private State refuted(Warn warn, long nowNanos) {
    tooLittleLately.reset();
    return new Warn(warn.backOff().longer(settings.backOff(), nowNanos), 0);
  }

  private boolean isTooLate(long askedNanos, long nowNanos) {
    return nowNanos - askedNanos >= settings.probe().timeout().toNanos();
  }

  private State stillProbing(Probing probing, long nowNanos) {
    if (!conditions.mayFallBack()) {
      return recovering(nowNanos);
    }
    return isTooLate(probing.askedNanos(), nowNanos)
        ? new AudioOnly(probing.backOff().after(new ProbeOutcome.Unanswered(), settings, nowNanos))
        : probing;
  }

  private State stillRecovering(Recovering recovering, long nowNanos) {
    if (conditions.keyFramesSent() > recovering.keyFramesBefore()) {
      tell(VideoQuality.GOOD);
      return new Settling(nowNanos);
    }
    // A smaller number than before is that of a new count.
    return conditions.keyFramesSent() < recovering.keyFramesBefore()
        ? new Recovering(conditions.keyFramesSent())
        : recovering;
  }

  private State stillSettling(Settling settling, long nowNanos) {
    if (isFailing(nowNanos) && path.allowsProbe()) {
      // Its own key frame may be what lowered the estimate.
      return warn(nowNanos);
    }
    return nowNanos - settling.sinceNanos() < settings.recovery().baseTime().toNanos()
        ? settling
        : new Normal();
  }

  private boolean isFailing(long nowNanos) {
    return failing.hasLasted(settings.recovery().failsAfter(), nowNanos);
  }

  /** Whether it is to be switched off now, whatever becomes of others. */
  boolean mustFall(long nowNanos) {
    if (!conditions.wanted() || !conditions.mayFallBack()) {
      return false;
    }
    boolean dead = path.isDead(nowNanos) || (path.hasNoRoom(nowNanos) && !carried);
    return switch (state) {
      case Normal _, Warn _, Doubting _ -> dead;
      case AudioOnly _, Probing _ -> false;
      case Recovering _, Settling _ -> dead || isFailing(nowNanos) || demandsVictims(nowNanos);
    };
  }

  /** Whether it is to be switched off unless that of a less important one is enough. */
  boolean mayFall(long nowNanos) {
    return conditions.wanted()
        && conditions.mayFallBack()
        && switch (state) {
          case Warn warn -> demandsVictims(nowNanos) || starves(warn);
          case Doubting _ -> demandsVictims(nowNanos);
          case Normal _, AudioOnly _, Probing _, Recovering _, Settling _ -> false;
        };
  }

  // Where nothing but the estimate speaks against the video, the network is asked first.
  private boolean starves(Warn warn) {
    return tooLittleLately.heldNanos() >= settings.off().after().toNanos()
        && (warn.asked() >= settings.probe().passes() || !path.allowsProbe());
  }

  private boolean demandsVictims(long nowNanos) {
    return path.losesMuch(nowNanos)
        || audioSuffers.hasLasted(settings.off().audioLossAfter(), nowNanos);
  }

  /** Switches it off. */
  void fall(long nowNanos) {
    if (told == VideoQuality.GOOD) {
      tell(VideoQuality.WARNING);
    }
    tell(VideoQuality.OFF);
    state = new AudioOnly(history.fall(nowNanos));
  }

  /** Whether it may come back. */
  boolean mayRecover(long nowNanos) {
    return conditions.wanted()
        && switch (state) {
          case AudioOnly off -> isProven(off.backOff(), nowNanos);
          case Probing probing -> isProven(probing.backOff(), nowNanos);
          case Normal _, Warn _, Doubting _, Recovering _, Settling _ -> false;
        };
  }

  private boolean isProven(BackOff backOff, long nowNanos) {
    return path.isCalm()
        && (backOff.passes() >= settings.probe().passes()
            || backOff.unanswered() >= settings.probe().unanswered()
            || (nowNanos - backOff.provenFromNanos() >= 0
                && proven.hasLasted(settings.recovery().shareAfter(), nowNanos)));
  }

  /** Lets it come back. */
  void recover(long nowNanos) {
    state = recovering(nowNanos);
  }

  private State recovering(long nowNanos) {
    history.recover(nowNanos);
    forgetConditions();
    return new Recovering(conditions.keyFramesSent());
  }

  /** Whether a probe for it is to be made before long: not if it has fallen back repeatedly. */
  boolean awaitsProbe(long nowNanos) {
    return isOffAndDue(nowNanos + settings.backOff().firstCap().toNanos());
  }

  /** Whether a probe for it is to be made now. */
  boolean isProbeDue(long nowNanos) {
    return isOffAndDue(nowNanos);
  }

  private boolean isOffAndDue(long atNanos) {
    return conditions.wanted()
        && state instanceof AudioOnly off
        && atNanos - off.backOff().dueNanos() >= 0;
  }

  /**
   * Whether the network is to be asked if it is as bad as the estimate has it. A burst can lower
   * the estimate by much, and only what is sent raises it again. One that is about to be switched
   * off asks again without a wait.
   */
  boolean isDoubtDue(long nowNanos) {
    return conditions.wanted()
        && conditions.mayFallBack()
        && state instanceof Warn warn
        && shareBps < share(settings.warn().liftShare())
        && (nowNanos - warn.backOff().dueNanos() >= 0
            || (tooLittle.hasLasted(0, nowNanos) && warn.asked() < settings.probe().passes()));
  }

  /** The probe for it that is due, which is being made from now on. */
  ProbePlan probe(long nowNanos) {
    return switch (state) {
      case Warn warn -> {
        state = new Doubting(warn, nowNanos);
        yield plan(Math.max(sendingBps(), amplyNeededBps()));
      }
      case AudioOnly(BackOff backOff) -> {
        state = new Probing(backOff, nowNanos);
        boolean last = backOff.passes() + 1 >= settings.probe().passes();
        yield plan(
            last ? lastProbeBps() : Math.max(sendingBps() + carefulNeedBps(), carefulNeededBps()));
      }
      case Normal _, Doubting _, Probing _, Recovering _, Settling _ ->
          throw new IllegalStateException("no probe is due for " + conditions + " in " + state);
    };
  }

  private ProbePlan plan(long targetBps) {
    ProbeSettings probe = settings.probe();
    return new ProbePlan(targetBps, probe.duration().toNanos(), probe.packets());
  }

  private long amplyNeededBps() {
    double ampleBps = neededBps - needBps() + needBps() * settings.warn().liftShare();
    return (long) (ampleBps * settings.probe().margin());
  }

  private long lastProbeBps() {
    ProbeSettings probe = settings.probe();
    double moreBps = Math.max(carefulNeedBps() * probe.share(), (double) probe.minBps());
    return (long) Math.max(sendingBps() + moreBps, carefulNeededBps() * probe.margin());
  }

  private long sendingBps() {
    return path.link().sendingBps();
  }

  private long carefulNeededBps() {
    return neededBps - needBps() + carefulNeedBps();
  }

  /** What became of it. */
  void onProbe(ProbeOutcome outcome, long nowNanos) {
    state =
        switch (state) {
          case Doubting doubting ->
              outcome instanceof ProbeOutcome.Passed
                  ? refuted(doubting.warn(), nowNanos)
                  : confirmed(doubting.warn(), nowNanos);
          case Probing probing ->
              new AudioOnly(probing.backOff().after(outcome, settings, nowNanos));
          case Normal _, Warn _, AudioOnly _, Recovering _, Settling _ -> state;
        };
  }

  /** A probe for a more important video has confirmed that the network is as bad as estimated. */
  void onConfirmed(long nowNanos) {
    if (state instanceof Warn warn) {
      state = confirmed(warn, nowNanos);
    }
  }

  private void tell(VideoQuality quality) {
    if (told != quality) {
      told = quality;
      listener.onQuality(conditions.id(), quality);
    }
  }
}

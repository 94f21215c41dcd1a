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
 * The audio fallback of one video: its state, and the steps from one to the next. When several want
 * to change at a time, {@link AudioFallback} chooses. Worker thread.
 */
final class VideoFallback {
  private final FallbackSettings settings;
  private final PathHealth path;
  private final FallbackListener listener;
  private final FallbackHistory history;
  private final VideoHealth health;
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
    this.health = new VideoHealth(settings, path, conditions);
  }

  Permission permission() {
    return mayFallBack() ? state.permission() : Permission.ALL;
  }

  State state() {
    return state;
  }

  VideoHealth health() {
    return health;
  }

  /** Looks at how things are; see {@link VideoHealth#observe}. */
  void observe(VideoConditions latest, long reservedBps, long nowNanos) {
    health.observe(latest, reservedBps, nowNanos);
    if (!latest.wanted()) {
      state =
          switch (state) {
            case Doubting doubting -> doubting.warn();
            case Probing probing -> new AudioOnly(probing.backOff());
            case Normal _, Warn _, AudioOnly _, Recovering _, Settling _ -> state;
          };
    }
  }

  private boolean mayFallBack() {
    return health.conditions().mayFallBack();
  }

  private boolean isWanted() {
    return health.conditions().wanted();
  }

  /** Takes the steps that depend on nobody else. */
  void step(long nowNanos) {
    if (!isWanted()) {
      return;
    }
    state =
        switch (state) {
          case Normal normal -> !mayFallBack() || !health.warns(nowNanos) ? normal : warn(nowNanos);
          case Warn warn -> lifts(nowNanos) ? lift() : stillWarned(warn, nowNanos);
          case Doubting doubting -> lifts(nowNanos) ? lift() : stillDoubting(doubting, nowNanos);
          case AudioOnly off -> mayFallBack() ? off : recovering(nowNanos);
          case Probing probing -> stillProbing(probing, nowNanos);
          case Recovering recovering -> stillRecovering(recovering, nowNanos);
          case Settling settling -> stillSettling(settling, nowNanos);
        };
  }

  private State warn(long nowNanos) {
    tell(VideoQuality.WARNING);
    return new Warn(BackOff.warned(settings.backOff(), nowNanos), 0);
  }

  private boolean lifts(long nowNanos) {
    return !mayFallBack() || health.lifts(nowNanos);
  }

  private State lift() {
    tell(VideoQuality.GOOD);
    return new Normal();
  }

  private State stillWarned(Warn warn, long nowNanos) {
    boolean better = warn.asked() > 0 && !health.hasTooLittle(nowNanos);
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
    health.forgetShortage();
    return new Warn(warn.backOff().longer(settings.backOff(), nowNanos), 0);
  }

  private boolean isTooLate(long askedNanos, long nowNanos) {
    return nowNanos - askedNanos >= settings.probe().timeout().toNanos();
  }

  private State stillProbing(Probing probing, long nowNanos) {
    if (!mayFallBack()) {
      return recovering(nowNanos);
    }
    return isTooLate(probing.askedNanos(), nowNanos)
        ? new AudioOnly(probing.backOff().after(new ProbeOutcome.Unanswered(), settings, nowNanos))
        : probing;
  }

  private State stillRecovering(Recovering recovering, long nowNanos) {
    if (health.conditions().keyFramesSent() > recovering.keyFramesBefore()) {
      tell(VideoQuality.GOOD);
      return new Settling(nowNanos);
    }
    // A smaller number than before is that of a new count.
    return health.conditions().keyFramesSent() < recovering.keyFramesBefore()
        ? new Recovering(health.conditions().keyFramesSent())
        : recovering;
  }

  private State stillSettling(Settling settling, long nowNanos) {
    if (health.isFailing(nowNanos) && path.allowsProbe()) {
      // Its own key frame may be what lowered the estimate.
      return warn(nowNanos);
    }
    return nowNanos - settling.sinceNanos() < settings.recovery().baseTime().toNanos()
        ? settling
        : new Normal();
  }

  /** Whether it is to be switched off now, whatever becomes of others. */
  boolean mustFall(long nowNanos) {
    if (!isWanted() || !mayFallBack()) {
      return false;
    }
    boolean dead = health.isHopeless(nowNanos);
    return switch (state) {
      case Normal _, Warn _, Doubting _ -> dead;
      case AudioOnly _, Probing _ -> false;
      case Recovering _, Settling _ ->
          dead || health.isFailing(nowNanos) || health.doesHarm(nowNanos);
    };
  }

  /** Whether it is to be switched off unless that of a less important one is enough. */
  boolean mayFall(long nowNanos) {
    return isWanted()
        && mayFallBack()
        && switch (state) {
          case Warn warn -> health.doesHarm(nowNanos) || starves(warn);
          case Doubting _ -> health.doesHarm(nowNanos);
          case Normal _, AudioOnly _, Probing _, Recovering _, Settling _ -> false;
        };
  }

  // Where nothing but the estimate speaks against the video, the network is asked first.
  private boolean starves(Warn warn) {
    return health.starves() && (warn.asked() >= settings.probe().passes() || !path.allowsProbe());
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
    return isWanted()
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
            || (nowNanos - backOff.provenFromNanos() >= 0 && health.isProven(nowNanos)));
  }

  /** Lets it come back. */
  void recover(long nowNanos) {
    state = recovering(nowNanos);
  }

  private State recovering(long nowNanos) {
    history.recover(nowNanos);
    health.forget();
    return new Recovering(health.conditions().keyFramesSent());
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
    return isWanted() && state instanceof AudioOnly off && atNanos - off.backOff().dueNanos() >= 0;
  }

  /**
   * Whether the network is to be asked if it is as bad as the estimate has it. A burst can lower
   * the estimate by much, and only what is sent raises it again; where that shows it to be right,
   * nothing is asked. One that is about to be switched off asks in any case, and again without a
   * wait.
   */
  boolean isDoubtDue(long nowNanos) {
    return isWanted()
        && mayFallBack()
        && state instanceof Warn warn
        && health.wouldBenefit()
        && (asksAgain(warn, nowNanos) || asksAtLast(warn, nowNanos));
  }

  private boolean asksAgain(Warn warn, long nowNanos) {
    return !path.isUsedUp() && nowNanos - warn.backOff().dueNanos() >= 0;
  }

  private boolean asksAtLast(Warn warn, long nowNanos) {
    return health.hasTooLittle(nowNanos) && warn.asked() < settings.probe().passes();
  }

  /** The probe for it that is due, which is being made from now on. */
  ProbePlan probe(long nowNanos) {
    return switch (state) {
      case Warn warn -> {
        state = new Doubting(warn, nowNanos);
        yield health.doubt();
      }
      case AudioOnly(BackOff backOff) -> {
        state = new Probing(backOff, nowNanos);
        boolean last = backOff.passes() + 1 >= settings.probe().passes();
        yield last ? health.lastProbe() : health.firstProbe();
      }
      case Normal _, Doubting _, Probing _, Recovering _, Settling _ ->
          throw new IllegalStateException(
              "no probe is due for " + health.conditions() + " in " + state);
    };
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
      listener.onQuality(health.conditions().id(), quality);
    }
  }
}

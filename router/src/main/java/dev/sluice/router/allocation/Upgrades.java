package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.Optional;

/**
 * When videos get more than they have. What a probe, or use, has shown to be possible is taken at
 * once; the word of the estimate alone must have held for a while.
 */
final class Upgrades {
  private final AllocationSettings settings;
  private final Standings standings;
  private final UpgradeHold hold;
  private final Proof proof;
  private final Probing probing;
  private boolean started;
  private boolean starting;
  private long startedNanos;
  private boolean unbalanced;
  private boolean ample;
  private long ampleSinceNanos;

  Upgrades(AllocationSettings settings, Standings standings) {
    this.settings = settings;
    this.standings = standings;
    this.hold = new UpgradeHold(settings.upgrade());
    this.proof = new Proof(AllocationSettings.nanos(settings.upgrade().proofMillis()));
    this.probing = new Probing(settings);
  }

  /** Before each look; the first video begins the transport's start. */
  void onLook(boolean anyVideo, long nowNanos) {
    if (!started && anyVideo) {
      started = true;
      starting = true;
      startedNanos = nowNanos;
      hold.onStart(nowNanos);
      probing.onStart(nowNanos);
    }
    starting &= nowNanos - startedNanos < AllocationSettings.nanos(settings.start().millis());
  }

  /** Who is to get how much is not as it was. */
  void onSharesChanged() {
    unbalanced = true;
  }

  /** Videos get less, because the path carries less than was thought. */
  void onDowngrade(boolean undoesUpgrade, long nowNanos) {
    hold.onDowngrade(undoesUpgrade, nowNanos);
    probing.onDowngrade();
    proof.refute();
    starting = false;
    ample = false;
  }

  /** Nothing may be raised at this look. */
  void onPause() {
    ample = false;
  }

  void onProbe(ProbeOutcome outcome, long nowNanos) {
    starting &= !(outcome instanceof ProbeOutcome.Failed);
    probing.onOutcome(outcome, proof, nowNanos);
  }

  /** The probe to be made. */
  Optional<ProbePlan> probe() {
    return probing.plan();
  }

  /** How long until something may be possible that isn't now; not above 0 when nothing waits. */
  long waitNanos(long nowNanos) {
    long held = holdEndNanos(nowNanos) - nowNanos;
    return started ? Math.max(held, probing.waitNanos(nowNanos)) : 0;
  }

  /** What is granted when more may be; where nothing is, a probe is wished for that allows it. */
  Filling raised(Filling granted, Moment moment) {
    long nowNanos = moment.nowNanos();
    if (moment.estimate().acknowledgedBps() >= granted.costBps() * settings.upgrade().usedShare()) {
      proof.show(granted.costBps(), nowNanos);
    }
    long limitBps = limitBps(granted, moment);
    Filling wanted = granted.onwards();
    wanted.raiseWithin(limitBps);
    wanted = wanted.enteredFrom(granted, moment.budgetBps());
    Filling raised = dwelling(granted, wanted, nowNanos);
    if (unbalanced) {
      Filling anew = granted.fromFloors();
      anew.raiseWithin(limitBps);
      anew = anew.enteredFrom(granted, moment.budgetBps());
      wanted = anew.gainOver(wanted) >= settings.sharing().worthwhile() ? anew : wanted;
      raised = dwelling(granted, wanted, nowNanos);
      unbalanced = !raised.hasSameLevelsAs(wanted);
      if (unbalanced) {
        // What others give up would be of no use yet
        raised = granted;
      }
    }
    probe(granted, wanted, raised, moment);
    standings.onRaised(granted, raised, nowNanos);
    return raised;
  }

  /** What the videos may cost together; in any case what they do. */
  private long limitBps(Filling granted, Moment moment) {
    AllocationSettings.Upgrade upgrade = settings.upgrade();
    long nowNanos = moment.nowNanos();
    long carefulBps = (long) (moment.budgetBps() / upgrade.headroom());
    long limitBps = granted.costBps();
    if (starting) {
      limitBps = Math.max(limitBps, Math.min(carefulBps, settings.start().unprovenBps()));
    }
    if (isHeld(nowNanos)) {
      ample = false;
      return limitBps;
    }
    long affordableBps = (long) (moment.budgetBps() / upgrade.provenHeadroom());
    limitBps = Math.max(limitBps, Math.min(affordableBps, proof.videoBps(nowNanos)));
    if (!isTrue(moment.estimate()) || granted.onwards().raiseWithin(carefulBps) == 0) {
      ample = false;
    } else if (!ample) {
      ample = true;
      ampleSinceNanos = nowNanos;
    } else if (nowNanos - ampleSinceNanos >= hold.nanos()) {
      limitBps = Math.max(limitBps, carefulBps);
      ample = false;
    }
    return limitBps;
  }

  /** Whether there is more to the estimate than that nothing has gone wrong yet. */
  private boolean isTrue(Estimate estimate) {
    return estimate.reason() == Estimate.Reason.REMB
        || probing.isUnanswered()
        || estimate.acknowledgedBps() >= settings.upgrade().usedShare() * estimate.bitrateBps();
  }

  private Filling dwelling(Filling granted, Filling wanted, long nowNanos) {
    return starting ? wanted : standings.dwelling(granted, wanted, nowNanos);
  }

  private void probe(Filling granted, Filling wanted, Filling raised, Moment moment) {
    long nowNanos = moment.nowNanos();
    boolean idle = raised.hasSameLevelsAs(granted);
    if (idle && !wanted.hasSameLevelsAs(granted)) {
      // Shown already, and soon used
      return;
    }
    int gapMillis = starting ? settings.start().nextMillis() : settings.probe().nextMillis();
    probing.onUsed(!idle, AllocationSettings.nanos(gapMillis), nowNanos);
    if (!raised.canRise()) {
      probing.withdraw();
    } else if (idle && !isHeld(nowNanos) && probing.waitNanos(nowNanos) <= 0) {
      probing.ask(granted, moment);
    }
  }

  private boolean isHeld(long nowNanos) {
    return nowNanos - holdEndNanos(nowNanos) < 0;
  }

  private long holdEndNanos(long nowNanos) {
    long endNanos = hold.endNanos(nowNanos);
    return starting
        ? startedNanos + AllocationSettings.nanos(settings.start().holdMillis())
        : endNanos;
  }
}

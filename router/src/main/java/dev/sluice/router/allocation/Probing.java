package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When to probe, and how far. A probe is for as many upgrades as its reach allows; when it fails,
 * the next is soon, for what adds half as much, at last for a single upgrade. From then on, as long
 * as they fail, they become rarer.
 */
final class Probing {
  // The budget is made of the estimate; about so much of what that grows by comes to the videos.
  private static final double BUDGET_SHARE = 0.9;
  // Beyond what filled the path before, step by step: a probe that is too much for it delays sound.
  private static final double PAST_FULL = 1.25;
  // Of fewer a slow path shows no queue, though they are too much for it.
  private static final int LEAST_BYTES = 12_000;
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;
  private static final long NO_CEILING = Long.MAX_VALUE;

  private final AllocationSettings.Probe settings;
  private final double headroom;
  private @Nullable Wish wish;
  private long notBeforeNanos;
  private long retryNanos;
  private long ceilingBps = NO_CEILING;
  private long deliveredBps;
  private boolean answered = true;
  private boolean passed;
  // The last one that passed brought nothing
  private boolean useless;

  /**
   * What a probe is to show.
   *
   * @param videoBps what the videos cost with the upgrades
   * @param nowBps what they cost without
   * @param single whether it is for one upgrade
   * @param partial whether it goes only a part of the way
   */
  private record Wish(
      ProbePlan plan, long videoBps, long nowBps, long usedBps, boolean single, boolean partial) {

    /** What the videos may cost together, all that has arrived above what was sent anyway used. */
    long provenBps(long deliveredBps) {
      return Math.max(videoBps, nowBps + deliveredBps - usedBps);
    }
  }

  Probing(AllocationSettings settings) {
    this.settings = settings.probe();
    this.headroom = settings.upgrade().provenHeadroom();
    this.retryNanos = firstRetryNanos();
  }

  /** What is wished for, until its outcome is known. */
  Optional<ProbePlan> plan() {
    return Optional.ofNullable(wish).map(Wish::plan);
  }

  void onStart(long nowNanos) {
    notBeforeNanos = nowNanos;
  }

  /** How long until the next may be asked for; not above 0 when it may be now. */
  long waitNanos(long nowNanos) {
    return notBeforeNanos - nowNanos;
  }

  /** Whether the path leaves probes unanswered, so that there is but the estimate to go by. */
  boolean isUnanswered() {
    return !answered;
  }

  /** Nothing is to be shown any more. */
  void withdraw() {
    wish = null;
    passed = false;
  }

  /** Less was too much already: what a probe showed before means nothing. */
  void onDowngrade() {
    withdraw();
    useless = false;
    ceilingBps = NO_CEILING;
    deliveredBps = 0;
    retryNanos = firstRetryNanos();
  }

  /**
   * Asks for the next probe, if there is anything to raise and none is asked for.
   *
   * @param granted as it is now
   */
  void ask(Filling granted, Moment moment) {
    if (wish != null) {
      return;
    }
    Filling filling = granted.onwards();
    long nowBps = filling.costBps();
    long usedBps = Math.max(moment.sendingBps(), nowBps);
    double reachBps = settings.reach() * Math.max(usedBps, deliveredBps) - usedBps;
    double mostBps = Math.min((double) ceilingBps, nowBps + reachBps / settings.margin());
    // What the estimate has room for by itself is asked for before what it hasn't
    boolean isKnown = moment.estimate().fullBps() != Estimate.NEVER_FULL;
    double roomBps = isKnown && !useless ? moment.budgetBps() / headroom : mostBps;
    int raises = filling.raiseWithin((long) Math.min(roomBps, mostBps));
    if (raises == 0) {
      filling = granted.onwards();
      raises = filling.raiseWithin((long) mostBps);
    }
    if (raises == 0) {
      ceilingBps = NO_CEILING;
      filling = granted.onwards();
      raises = filling.raiseOnce() ? 1 : 0;
    }
    if (raises > 0) {
      long videoBps = filling.costBps();
      double added = usedBps + settings.margin() * Math.max(0, videoBps - nowBps);
      double neededBps = Math.max(headroom * videoBps, (double) filling.entryBps(granted));
      double missing = (neededBps - moment.budgetBps()) / BUDGET_SHARE;
      double wantedBps = Math.max(added, moment.estimate().bitrateBps() + missing);
      double boundBps = PAST_FULL * (double) Math.max(moment.estimate().fullBps(), usedBps);
      long targetBps = (long) Math.max(1, Math.min(wantedBps, boundBps));
      long durationNanos =
          Math.max(
              AllocationSettings.nanos(settings.durationMillis()),
              (long) (LEAST_BYTES * BIT_NANOS_PER_BYTE / targetBps));
      ProbePlan plan = new ProbePlan(targetBps, durationNanos, settings.packets());
      wish = new Wish(plan, videoBps, nowBps, usedBps, raises == 1, wantedBps > boundBps);
    }
  }

  /** Takes what became of the probe; one that nobody asked for is none of ours. */
  void onOutcome(ProbeOutcome outcome, Proof proof, long nowNanos) {
    Wish asked = wish;
    if (asked == null) {
      return;
    }
    wish = null;
    switch (outcome) {
      case ProbeOutcome.Passed(long bitrateBps) -> {
        answered = true;
        passed = !asked.partial;
        deliveredBps = bitrateBps;
        ceilingBps = NO_CEILING;
        if (asked.partial) {
          notBeforeNanos = nowNanos + AllocationSettings.nanos(settings.nextMillis());
        } else {
          proof.show(asked.provenBps(bitrateBps), nowNanos);
        }
      }
      case ProbeOutcome.Failed _ -> {
        answered = true;
        deliveredBps = 0;
        onFailure(asked, nowNanos);
      }
      case ProbeOutcome.Unanswered _ -> {
        answered = false;
        onFailure(asked, nowNanos);
      }
    }
  }

  private void onFailure(Wish asked, long nowNanos) {
    if (asked.single) {
      // Perhaps something else fits that takes less
      ceilingBps = asked.videoBps - 1;
      retryLater(nowNanos);
    } else {
      ceilingBps = asked.nowBps + (asked.videoBps - asked.nowBps) / 2;
      notBeforeNanos = nowNanos + firstRetryNanos();
    }
  }

  /**
   * What a probe showed has been looked at.
   *
   * @param raised whether it brought anything; one that doesn't is as useless as one that fails
   * @param gapNanos the time to the next
   */
  void onUsed(boolean raised, long gapNanos, long nowNanos) {
    if (!passed) {
      return;
    }
    passed = false;
    useless = !raised;
    if (raised) {
      retryNanos = firstRetryNanos();
      notBeforeNanos = nowNanos + gapNanos;
    } else {
      retryLater(nowNanos);
    }
  }

  private void retryLater(long nowNanos) {
    notBeforeNanos = nowNanos + retryNanos;
    long mostNanos = AllocationSettings.nanos(settings.mostRetryMillis());
    retryNanos = Math.min(mostNanos, (long) (retryNanos * settings.retryGrowth()));
  }

  private long firstRetryNanos() {
    return AllocationSettings.nanos(settings.retryMillis());
  }
}

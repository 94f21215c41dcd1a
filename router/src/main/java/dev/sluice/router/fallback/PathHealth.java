package dev.sluice.router.fallback;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Usage;
import java.time.Duration;

/** What the state of a transport means for all its videos. Worker thread. */
final class PathHealth {
  private final FallbackSettings settings;
  private final Hold congestedLoss = new Hold();
  private final Hold badLoss = new Hold();
  private final Hold heavyLoss = new Hold();
  private final Hold longQueue = new Hold();
  private final Hold noRoom = new Hold();
  private final Hold noRoomAndHarm = new Hold();
  private final Hold endlessQueue = new Hold();
  private final Hold waiting = new Hold();
  private LinkConditions link;
  private double loss;
  private long updatedNanos;

  PathHealth(FallbackSettings settings, LinkConditions link, long nowNanos) {
    this.settings = settings;
    this.link = link;
    this.updatedNanos = nowNanos;
  }

  void update(LinkConditions latest, long nowNanos) {
    link = latest;
    smoothLoss(nowNanos);
    OffSettings off = settings.off();
    WarnSettings warn = settings.warn();
    congestedLoss.update(congested() && loss > warn.loss(), nowNanos);
    badLoss.update(loss > off.badLoss(), nowNanos);
    heavyLoss.update(losesHeavily(), nowNanos);
    longQueue.update(queueExceeds(warn.queue()), nowNanos);
    boolean leavesNoRoom =
        congested() && estimate().bitrateBps() < latest.audioBps() + off.hardMarginBps();
    noRoom.update(leavesNoRoom, nowNanos);
    noRoomAndHarm.update(leavesNoRoom && endangersSound(), nowNanos);
    waiting.update(latest.waitingNanos() > warn.queue().toNanos(), nowNanos);
    endlessQueue.update(queueExceeds(off.hardQueue()), nowNanos);
    updatedNanos = nowNanos;
  }

  private void smoothLoss(long nowNanos) {
    OffSettings off = settings.off();
    // Not more than twice what is bad: else an outage would be remembered for long.
    double highest = Math.min(1, 2 * off.badLoss());
    double latest = link.estimate().loss();
    double sample = measured() && latest > 0 ? Math.min(latest, highest) : 0;
    double passed = Math.max(0, nowNanos - updatedNanos);
    loss += (sample - loss) * -Math.expm1(-passed / off.lossSmoothing().toNanos());
  }

  Estimate estimate() {
    return link.estimate();
  }

  LinkConditions link() {
    return link;
  }

  /** Whether enough is sent that queue and loss are those of now. */
  private boolean measured() {
    return link.sendingBps() >= settings.off().measurableBps();
  }

  private boolean queueExceeds(Duration limit) {
    return measured() && estimate().queueDelayNanos() > limit.toNanos();
  }

  /** Whether so much is lost though nothing waits, so that sending less would be no cure. */
  private boolean losesHeavily() {
    OffSettings off = settings.off();
    return measured() && !queueExceeds(off.congestedQueue()) && estimate().loss() > off.heavyLoss();
  }

  private long heavyLossNanos() {
    OffSettings off = settings.off();
    return (long) (off.heavyLossAfter().toNanos() * off.heavyLoss() / estimate().loss());
  }

  /** Whether packets queue up. Loss alone is no sign of it: radio loses packets, too. */
  boolean congested() {
    return measured()
        && (estimate().usage() == Usage.CONGESTED || queueExceeds(settings.off().congestedQueue()));
  }

  /**
   * Whether so much is lost, or waits for so long, that sound suffers. Behind somebody's download
   * it waits for a moment, and all of it comes.
   */
  private boolean endangersSound() {
    WarnSettings warn = settings.warn();
    return estimate().loss() > warn.loss() || queueExceeds(warn.queue());
  }

  /** Whether nothing is heard of what is sent. */
  private boolean silent() {
    return estimate().silent() && measured();
  }

  /** Whether all that is to be sent goes through without a queue, here or on the path. */
  boolean isClear() {
    Duration limit = settings.off().congestedQueue();
    return estimate().usage() == Usage.CLEAR
        && !queueExceeds(limit)
        && link.waitingNanos() <= limit.toNanos();
  }

  /** Whether what is to be sent has been waiting for longer than a burst, for want of bitrate. */
  boolean keepsWaiting(long nowNanos) {
    return waiting.hasLasted(settings.off().window(), nowNanos);
  }

  /** Whether every subscriber with a video is to be warned. */
  boolean warns(long nowNanos) {
    WarnSettings warn = settings.warn();
    return congestedLoss.hasLasted(warn.lossAfter(), nowNanos)
        || badLoss.hasLasted(warn.badLossAfter(), nowNanos)
        || longQueue.hasLasted(warn.queueAfter(), nowNanos);
  }

  /** Whether audio is lost because there is too much of everything. */
  boolean audioSuffers() {
    return congested() && link.audioLoss() > settings.off().audioLoss();
  }

  /** Whether so much is lost that no video is worth having. */
  boolean losesMuch(long nowNanos) {
    return badLoss.hasLasted(settings.off().badLossAfter(), nowNanos);
  }

  /** Whether all of them are to be switched off at once: the path is as good as dead. */
  boolean isDead(long nowNanos) {
    OffSettings off = settings.off();
    return silent()
        || endlessQueue.hasLasted(off.hardAfter(), nowNanos)
        || heavyLoss.hasLasted(heavyLossNanos(), nowNanos);
  }

  /** Whether all are to be switched off at once, because the estimate leaves no room for any. */
  boolean hasNoRoom(long nowNanos) {
    OffSettings off = settings.off();
    return switch (estimate().sharing()) {
      case ALONE -> isHarmful(nowNanos) || noRoom.hasLasted(off.noRoomAloneAfter(), nowNanos);
      case UNKNOWN -> isHarmful(nowNanos) || noRoom.hasLasted(off.noRoomAfter(), nowNanos);
      // Most downloads are short
      case SHARED -> noRoom.hasLasted(off.noRoomSharedAfter(), nowNanos);
    };
  }

  private boolean isHarmful(long nowNanos) {
    return noRoomAndHarm.hasLasted(settings.off().hardAfter(), nowNanos);
  }

  /** Whether nothing speaks against more being sent, if there is room. */
  boolean isCalm() {
    return !silent() && !congested() && !losesHeavily() && loss < settings.probe().maxLoss();
  }

  /** Whether a probe may begin. */
  boolean allowsProbe() {
    boolean clear = !measured() || estimate().usage() == Usage.CLEAR;
    return isCalm() && clear && !queueExceeds(settings.probe().maxQueue());
  }

  /**
   * Whether so much arrives as the path carried when it was full last: there is no more to be had.
   */
  boolean isUsedUp() {
    return estimate().acknowledgedBps() >= settings.probe().usedUp() * estimate().fullBps();
  }

  /** Whether the estimate comes from what was really sent. */
  boolean isProven() {
    boolean observed =
        switch (estimate().reason()) {
          case START, SILENCE -> false;
          case GROWTH, DELAY, LOSS, PROBE, REMB -> true;
        };
    return observed && measured() && isCalm();
  }
}

package dev.sluice.router.live;

import dev.sluice.router.allocation.Allocation;
import dev.sluice.router.allocation.Allocation.Grant;
import dev.sluice.router.allocation.Allocator;
import dev.sluice.router.allocation.Budget;
import dev.sluice.router.allocation.Permission;
import dev.sluice.router.allocation.VideoDemand;
import dev.sluice.router.estimate.BandwidthEstimator;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import dev.sluice.router.fallback.AudioFallback;
import dev.sluice.router.fallback.FallbackListener;
import dev.sluice.router.fallback.LinkConditions;
import dev.sluice.router.fallback.VideoConditions;
import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.RoomSnapshot.AdaptationSnapshot;
import dev.sluice.router.pace.Pacer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what one subscribe transport is sent within what its network carries: from the estimate
 * follows what audio fallback lets through, from both the allocation, and from that the layers of
 * every video, the pace and the probes.
 */
final class Adaptation {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  // Opus at 32 kbit/s with its headers, until the real rate is measured.
  private static final long ASSUMED_AUDIO_BPS = 60_000;
  private static final int ASSUMED_SPEAKERS = 3;

  /** Who asked for the probe that runs. */
  private enum Prober {
    FALLBACK,
    ALLOCATOR
  }

  private final Downlink downlink;
  private final BandwidthEstimator estimator;
  private final Allocator allocator;
  private final AudioFallback fallback;
  private final Pace pace;
  private final Speakers speakers;
  private final Periodic runs;
  private Prober prober = Prober.ALLOCATOR;
  private long probeBps;
  private Allocation allocation = Allocation.NOTHING;
  private long windowBytes = Long.MAX_VALUE;
  private boolean waitsForFeedback = true;
  private boolean dirty = true;
  private boolean feedbackExpected;
  private long videosSwitchedOff;
  private long probes;

  /** How lately the publishers of streams have spoken. */
  interface Speakers {
    /** 0 for who speaks now, 1 for who spoke before; {@link Integer#MAX_VALUE} for who hasn't. */
    int rank(String streamId);
  }

  Adaptation(
      AdaptationSettings settings,
      Downlink downlink,
      Speakers speakers,
      FallbackListener listener,
      long nowNanos) {
    this.downlink = downlink;
    this.speakers = speakers;
    this.estimator = new BandwidthEstimator(settings.estimator(), nowNanos);
    this.allocator = new Allocator(settings.allocation());
    this.fallback = new AudioFallback(settings.fallback(), listener);
    this.pace = new Pace(settings.pace(), nowNanos);
    this.runs = new Periodic(INTERVAL_NANOS, nowNanos);
  }

  /** What is sent is told to it and what arrived of that. */
  BandwidthEstimator estimator() {
    return estimator;
  }

  /**
   * The receiver tells what arrives: it has agreed to transport-wide feedback, or sent an estimate
   * of its own. Without either nothing is known, and everything is sent.
   */
  void expectFeedback() {
    feedbackExpected = true;
  }

  void onQuality(VideoQuality quality) {
    videosSwitchedOff += quality == VideoQuality.OFF ? 1 : 0;
  }

  /** How things are; empty while nothing is known. */
  Optional<AdaptationSnapshot> snapshot(long nowNanos) {
    return feedbackExpected
        ? Optional.of(
            new AdaptationSnapshot(
                estimator.estimate(),
                downlink.sendingBps(nowNanos),
                downlink.queueDelayNanos(),
                videosSwitchedOff,
                probes))
        : Optional.empty();
  }

  /** A track or a choice has changed: look at it with the next tick. */
  void reconsider() {
    dirty = true;
  }

  /** Every 10 ms or so. */
  void onTick(List<ForwardedTrack> tracks, long nowNanos) {
    if (!feedbackExpected) {
      return;
    }
    estimator.onTick(nowNanos);
    if (runs.isDue(nowNanos) || dirty) {
      dirty = false;
      adapt(tracks, nowNanos);
    }
    limitToBase(tracks, nowNanos);
    int padding = estimator.paddingDue(nowNanos);
    if (padding > 0) {
      downlink.sendPadding(padding, nowNanos);
    }
  }

  private void limitToBase(List<ForwardedTrack> tracks, long nowNanos) {
    boolean only = pace.onlyBase(estimator.estimate(), nowNanos);
    for (int i = 0; i < tracks.size(); i++) {
      tracks.get(i).limitToBase(only);
    }
  }

  /** Whether so much is on its way, or for so long, that what can wait should. */
  boolean isFull(long nowNanos) {
    return windowBytes < Long.MAX_VALUE
        && (estimator.inFlightBytes() > windowBytes
            || (waitsForFeedback && estimator.isOverdue(nowNanos)));
  }

  private void adapt(List<ForwardedTrack> tracks, long nowNanos) {
    estimator.takeOutcome().ifPresent(outcome -> onProbe(outcome, nowNanos));
    Estimate estimate = estimator.estimate();
    long audioBps = audioBps(tracks, nowNanos);
    long budgetBps =
        Math.max(0, pace.usableBps(estimate, downlink.retransmissionBps(nowNanos)) - audioBps);
    long sendingBps = downlink.sendingBps(nowNanos);
    long waitingNanos = downlink.queueDelayNanos();

    List<VideoDemand> demands = allocator.byImportance(demands(tracks, nowNanos));
    LinkConditions link =
        new LinkConditions(
            estimate, audioBps, budgetBps, sendingBps, waitingNanos, estimate.loss());
    fallback.update(link, conditions(tracks, demands), nowNanos);
    List<VideoDemand> permitted =
        demands.stream().map(demand -> demand.with(fallback.permission(demand.id()))).toList();
    Budget granted = pace.granted(budgetBps, waitingNanos, nowNanos);
    allocation = allocator.allocate(granted, sendingBps, estimate, permitted, nowNanos);
    apply(tracks, nowNanos);
    boolean keyFrameWaits = tracks.stream().anyMatch(ForwardedTrack::isKeyFrameWaiting);
    startProbe(keyFrameWaits, nowNanos);
    if (permitted.stream().anyMatch(VideoDemand::exempt)) {
      // Who gets the best whatever the path carries is not helped by packets dropped here.
      downlink.setRate(Pacer.UNLIMITED_BPS, nowNanos);
      windowBytes = Long.MAX_VALUE;
    } else {
      long paceBps = pace.paceBps(estimate, downlink.queueDelayNanos(), keyFrameWaits, probeBps);
      downlink.setRate(paceBps, nowNanos);
      waitsForFeedback = !keyFrameWaits || !pace.knowsQueue(estimate);
      long responseNanos = estimator.responseNanos();
      windowBytes =
          waitsForFeedback
              ? pace.windowBytes(paceBps, responseNanos)
              : Pace.bytesOnPath(estimate.fullBps(), responseNanos);
    }
  }

  private void onProbe(ProbeOutcome outcome, long nowNanos) {
    probeBps = 0;
    switch (prober) {
      case FALLBACK -> fallback.onProbe(outcome, nowNanos);
      case ALLOCATOR -> allocator.onProbe(outcome, nowNanos);
    }
  }

  private long audioBps(List<ForwardedTrack> tracks, long nowNanos) {
    int voices = 0;
    for (ForwardedTrack track : tracks) {
      voices += track.isAudio() && track.isEnabled() ? 1 : 0;
    }
    long assumed = Math.min(voices, ASSUMED_SPEAKERS) * ASSUMED_AUDIO_BPS;
    return downlink.isMeasured(nowNanos) ? downlink.audioBps(nowNanos) : assumed;
  }

  private List<VideoDemand> demands(List<ForwardedTrack> tracks, long nowNanos) {
    List<VideoDemand> demands = new ArrayList<>();
    for (ForwardedTrack track : tracks) {
      if (!track.isAudio() && track.isEnabled()) {
        demands.add(track.demand(speakers, nowNanos));
      }
    }
    return demands;
  }

  /** Those that are wanted in the order of their importance, then the rest. */
  private static List<VideoConditions> conditions(
      List<ForwardedTrack> tracks, List<VideoDemand> demands) {
    List<VideoConditions> conditions = new ArrayList<>();
    for (VideoDemand demand : demands) {
      ForwardedTrack track = find(tracks, demand.id());
      boolean wanted = !demand.ladder().isEmpty();
      long leastBps = wanted ? demand.ladder().getFirst().leastBps() : 0;
      long costBps = wanted ? demand.ladder().getFirst().costBps() : 0;
      conditions.add(track.conditions(wanted, leastBps, costBps));
    }
    for (ForwardedTrack track : tracks) {
      if (!track.isAudio() && !track.isEnabled()) {
        conditions.add(track.conditions(false, 0, 0));
      }
    }
    return conditions;
  }

  private void apply(List<ForwardedTrack> tracks, long nowNanos) {
    for (Grant grant : allocation.grants()) {
      ForwardedTrack track = find(tracks, grant.id());
      // Where the publisher sends nothing now, the choice before stays for when it does.
      if (grant.rung().isPresent() || fallback.permission(grant.id()) == Permission.NONE) {
        track.choose(grant.rung(), nowNanos);
      }
    }
  }

  private static ForwardedTrack find(List<ForwardedTrack> tracks, int id) {
    for (ForwardedTrack track : tracks) {
      if (track.ssrc() == id) {
        return track;
      }
    }
    throw new IllegalStateException("a grant for video %08x, which there is not".formatted(id));
  }

  private void startProbe(boolean keyFrameWaits, long nowNanos) {
    Optional<ProbePlan> urgent = fallback.takeProbe();
    // One more burst behind a key frame, or on a path that seems stuck, would be too much
    boolean onlyUrgent = estimator.isProbing() || keyFrameWaits || isFull(nowNanos);
    Optional<ProbePlan> wanted = onlyUrgent ? urgent : urgent.or(allocation::probe);
    wanted.ifPresent(
        plan -> {
          prober = urgent.isPresent() ? Prober.FALLBACK : Prober.ALLOCATOR;
          probeBps = plan.targetBps();
          probes++;
          estimator.startProbe(plan, nowNanos);
        });
  }
}

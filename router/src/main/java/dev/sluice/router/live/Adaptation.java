package dev.sluice.router.live;

import dev.sluice.router.allocation.Allocation;
import dev.sluice.router.allocation.Allocation.Grant;
import dev.sluice.router.allocation.Allocator;
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
  // What must not be promised to anybody: the estimate is never quite right.
  private static final double USABLE_SHARE = 0.95;
  private static final double CLEAR_PACE = 1.25;
  private static final double FILLING_PACE = 1.0;
  private static final double CONGESTED_PACE = 0.8;
  private static final long MIN_PACE_BPS = 100_000;
  // A few packets more than usual: when a path breaks down, this is what the sound must wait behind.
  private static final long SPARE_WINDOW_BYTES = 12_000;
  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  // Opus at 32 kbit/s with its headers, until the real rate is measured.
  private static final long ASSUMED_AUDIO_BPS = 60_000;
  private static final int ASSUMED_SPEAKERS = 3;
  // Retransmissions of a bad second must not starve the next one.
  private static final double MAX_RETRANSMISSION_SHARE = 0.2;

  /** Who asked for the probe that runs. */
  private enum Prober {
    FALLBACK,
    ALLOCATOR
  }

  private final Downlink downlink;
  private final BandwidthEstimator estimator;
  private final Allocator allocator;
  private final AudioFallback fallback;
  private final Speakers speakers;
  private final Periodic runs;
  private Prober prober = Prober.ALLOCATOR;
  private long probeBps;
  private Allocation allocation = Allocation.NOTHING;
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
    int padding = estimator.paddingDue(nowNanos);
    if (padding > 0) {
      downlink.sendPadding(padding, nowNanos);
    }
  }

  private void adapt(List<ForwardedTrack> tracks, long nowNanos) {
    estimator.takeOutcome().ifPresent(outcome -> onProbe(outcome, nowNanos));
    Estimate estimate = estimator.estimate();
    long audioBps = audioBps(tracks, nowNanos);
    long budgetBps = Math.max(0, usableBps(estimate, nowNanos) - audioBps);
    long sendingBps = downlink.sendingBps(nowNanos);

    List<VideoDemand> demands = allocator.byImportance(demands(tracks, nowNanos));
    LinkConditions link =
        new LinkConditions(estimate, audioBps, budgetBps, sendingBps, estimate.loss());
    fallback.update(link, conditions(tracks, demands, budgetBps), nowNanos);
    List<VideoDemand> permitted =
        demands.stream().map(demand -> demand.with(fallback.permission(demand.id()))).toList();
    allocation = allocator.allocate(budgetBps, sendingBps, estimate, permitted, nowNanos);
    apply(tracks, nowNanos);
    startProbe(nowNanos);
    long paceBps = paceBps(estimate);
    downlink.setRate(paceBps, nowNanos);
    downlink.setWindow(windowBytes(paceBps));
  }

  private void onProbe(ProbeOutcome outcome, long nowNanos) {
    probeBps = 0;
    switch (prober) {
      case FALLBACK -> fallback.onProbe(outcome, nowNanos);
      case ALLOCATOR -> allocator.onProbe(outcome, nowNanos);
    }
  }

  private long usableBps(Estimate estimate, long nowNanos) {
    double mostRepeats = estimate.bitrateBps() * MAX_RETRANSMISSION_SHARE;
    double repeats = Math.min((double) downlink.retransmissionBps(nowNanos), mostRepeats);
    return (long) (estimate.bitrateBps() * USABLE_SHARE - repeats);
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
      List<ForwardedTrack> tracks, List<VideoDemand> demands, long budgetBps) {
    List<VideoConditions> conditions = new ArrayList<>();
    long leftBps = budgetBps;
    for (VideoDemand demand : demands) {
      ForwardedTrack track = find(tracks, demand.id());
      boolean wanted = !demand.ladder().isEmpty();
      long leastBps = wanted ? demand.ladder().getFirst().leastBps() : 0;
      long costBps = wanted ? demand.ladder().getFirst().costBps() : 0;
      conditions.add(track.conditions(wanted, leastBps, costBps, Math.max(0, leftBps)));
      leftBps -= leastBps;
    }
    for (ForwardedTrack track : tracks) {
      if (!track.isAudio() && !track.isEnabled()) {
        conditions.add(track.conditions(false, 0, 0, 0));
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

  private void startProbe(long nowNanos) {
    Optional<ProbePlan> urgent = fallback.takeProbe();
    Optional<ProbePlan> wanted =
        urgent.isPresent() || estimator.isProbing() ? urgent : allocation.probe();
    wanted.ifPresent(
        plan -> {
          prober = urgent.isPresent() ? Prober.FALLBACK : Prober.ALLOCATOR;
          probeBps = plan.targetBps();
          probes++;
          estimator.startProbe(plan, nowNanos);
        });
  }

  /** What is on its way at that pace while all is well, and some more. */
  private long windowBytes(long paceBps) {
    return (long) (paceBps / BITS_PER_BYTE * (estimator.roundTripNanos() / NANOS_PER_SECOND))
        + SPARE_WINDOW_BYTES;
  }

  private long paceBps(Estimate estimate) {
    double factor =
        switch (estimate.usage()) {
          case CLEAR -> CLEAR_PACE;
          case FILLING -> FILLING_PACE;
          case CONGESTED -> CONGESTED_PACE;
        };
    long paceBps = (long) (estimate.bitrateBps() * factor);
    return Math.max(Math.max(paceBps, probeBps), MIN_PACE_BPS);
  }
}

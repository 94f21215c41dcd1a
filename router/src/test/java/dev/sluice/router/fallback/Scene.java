package dev.sluice.router.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An {@link AudioFallback} on a network that is told by hand, in virtual time. Videos that may flow
 * send a key frame after 300 ms; a probe is answered after 400 ms.
 */
final class Scene implements FallbackListener {
  static final long AUDIO_BPS = 60_000;
  static final long NEED_BPS = 100_000;
  static final long STEP_NANOS = 50_000_000;
  private static final int STEPS_TO_KEY_FRAME = 6;
  private static final int STEPS_TO_OUTCOME = 8;

  /** A video of the scene, that tests may change. */
  static final class Video {
    final int id;
    boolean mayFallBack = true;
    boolean wanted = true;
    boolean sendsKeyFrames = true;
    long needBps = NEED_BPS;
    long keyFramesSent = 1;
    int stepsPermitted = STEPS_TO_KEY_FRAME;

    Video(int id) {
      this.id = id;
    }
  }

  /** What was told, and when. */
  record Event(int id, VideoQuality quality, Duration at) {}

  final AudioFallback fallback;
  final Map<Integer, Video> videos = new LinkedHashMap<>();
  final List<Event> events = new ArrayList<>();
  final List<ProbePlan> probes = new ArrayList<>();
  long nowNanos = -7_000_000_000L;
  long estimateBps = 2_000_000;
  long fullBps = Estimate.NEVER_FULL;
  Reason reason = Reason.GROWTH;
  Usage usage = Usage.CLEAR;
  Sharing sharing = Sharing.UNKNOWN;
  double loss;
  double audioLoss;
  Duration queue = Duration.ZERO;
  Duration waiting = Duration.ZERO;
  boolean silent;
  long acknowledgedBps;
  long sendingBps = 200_000;
  boolean answersProbes = true;
  ProbeOutcome outcome = new ProbeOutcome.Failed("the queue grew");
  long lastTargetBps;
  private int stepsSinceProbe = -1;

  Scene(int... ids) {
    fallback = new AudioFallback(FallbackSettings.DEFAULTS, this);
    for (int id : ids) {
      videos.put(id, new Video(id));
    }
  }

  Video video(int id) {
    return Optional.ofNullable(videos.get(id)).orElseThrow();
  }

  /** Makes the estimate one that leaves the first video such a share of what it needs. */
  void share(double share) {
    estimateBps = (long) ((AUDIO_BPS + share * NEED_BPS) / 0.95);
  }

  void run(Duration time) {
    for (long passed = 0; passed < time.toNanos(); passed += STEP_NANOS) {
      step();
    }
  }

  /** Until the last that was told is this. */
  void runUntil(VideoQuality quality) {
    Duration latest = now().plusSeconds(100);
    while (events.isEmpty() || events.getLast().quality() != quality) {
      step();
      assertThat(now()).as("until %s, after %s", quality, events).isLessThan(latest);
    }
  }

  void step() {
    nowNanos += STEP_NANOS;
    if (stepsSinceProbe >= 0 && ++stepsSinceProbe == STEPS_TO_OUTCOME) {
      stepsSinceProbe = -1;
      if (outcome instanceof ProbeOutcome.Passed) {
        estimateBps = Math.max(estimateBps, lastTargetBps);
      }
      fallback.onProbe(outcome, nowNanos);
    }
    videos.values().forEach(this::sendKeyFrame);
    fallback.update(link(), conditions(), nowNanos);
    fallback
        .takeProbe()
        .ifPresent(
            plan -> {
              probes.add(plan);
              lastTargetBps = plan.targetBps();
              stepsSinceProbe = answersProbes ? 0 : -1;
            });
  }

  private void sendKeyFrame(Video video) {
    boolean flows = video.wanted && permission(video.id) != Permission.NONE;
    video.stepsPermitted = flows ? video.stepsPermitted + 1 : 0;
    if (video.sendsKeyFrames && video.stepsPermitted == STEPS_TO_KEY_FRAME) {
      video.keyFramesSent++;
    }
  }

  /** What is sent of audio and of the videos that flow, at their lowest rungs. */
  long demandBps() {
    return AUDIO_BPS
        + videos.values().stream()
            .filter(video -> video.wanted && permission(video.id) != Permission.NONE)
            .mapToLong(video -> video.needBps)
            .sum();
  }

  private LinkConditions link() {
    Estimate estimate =
        new Estimate(
            estimateBps,
            fullBps,
            reason,
            usage,
            sharing,
            loss,
            queue.toNanos(),
            acknowledgedBps,
            silent);
    return new LinkConditions(
        estimate, AUDIO_BPS, budgetBps(), sendingBps, waiting.toNanos(), audioLoss);
  }

  private long budgetBps() {
    return Math.max(0, (long) (0.95 * estimateBps) - AUDIO_BPS);
  }

  private List<VideoConditions> conditions() {
    List<VideoConditions> conditions = new ArrayList<>();
    for (Video video : videos.values()) {
      conditions.add(
          new VideoConditions(
              video.id,
              video.mayFallBack,
              video.wanted,
              video.needBps,
              video.needBps * 11 / 10,
              video.keyFramesSent));
    }
    return conditions;
  }

  Permission permission(int id) {
    return fallback.permission(id);
  }

  /** What was told of a video. */
  List<VideoQuality> told(int id) {
    return events.stream().filter(event -> event.id() == id).map(Event::quality).toList();
  }

  /** When something was told first, since the beginning. */
  Duration toldAt(VideoQuality quality) {
    return events.stream()
        .filter(event -> event.quality() == quality)
        .findFirst()
        .orElseThrow(() -> new AssertionError(quality + " isn't among " + events))
        .at();
  }

  Duration now() {
    return Duration.ofNanos(nowNanos);
  }

  @Override
  public void onQuality(int id, VideoQuality quality) {
    events.add(new Event(id, quality, now()));
  }
}

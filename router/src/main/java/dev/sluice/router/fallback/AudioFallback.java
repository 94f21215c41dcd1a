package dev.sluice.router.fallback;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import dev.sluice.router.fallback.State.Doubting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the videos of one transport whether they may flow: {@link VideoFallback} each for
 * itself, and here in which order. They go one after the other, the least important first, unless
 * the path is as good as dead; they come back one after the other, the most important first, and
 * one at a time asks the network. docs/audio-fallback.md tells it from the outside. Worker thread.
 */
public final class AudioFallback {
  private final FallbackSettings settings;
  private final FallbackListener listener;
  private final Map<Integer, VideoFallback> videos = new HashMap<>();
  private final List<VideoFallback> byImportance = new ArrayList<>();
  private final Spacing victims;
  private final Spacing recoveries;
  private final Spacing probes;
  private @Nullable PathHealth path;
  private @Nullable VideoFallback probeDue;
  private long updatedNanos;

  /** Every video may flow. */
  public AudioFallback(FallbackSettings settings, FallbackListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.victims = new Spacing(settings.off().interval());
    this.recoveries = new Spacing(settings.recovery().interval());
    this.probes = new Spacing(settings.probe().pause());
  }

  /**
   * Looks at how things are; every 50 ms.
   *
   * @param conditions the most important first, those that are off too; who isn't among them is
   *     forgotten
   */
  public void update(LinkConditions link, List<VideoConditions> conditions, long nowNanos) {
    updatedNanos = nowNanos;
    if (path == null) {
      path = new PathHealth(settings, link, nowNanos);
    }
    path.update(link, nowNanos);
    observe(path, conditions, nowNanos);
    for (VideoFallback video : byImportance) {
      video.step(nowNanos);
      if (video.mustFall(nowNanos)) {
        fall(video, nowNanos);
      }
    }
    chooseVictim(nowNanos);
    chooseRecovery(nowNanos);
    chooseProbe(path, nowNanos);
  }

  private void observe(PathHealth health, List<VideoConditions> conditions, long nowNanos) {
    byImportance.clear();
    long reservedBps = 0;
    for (VideoConditions each : conditions) {
      VideoFallback video =
          videos.computeIfAbsent(
              each.id(), _ -> new VideoFallback(settings, health, listener, each));
      video.observe(each, reservedBps, nowNanos);
      reservedBps += video.health().reservedBps();
      byImportance.add(video);
    }
    if (videos.size() > byImportance.size()) {
      videos.values().retainAll(byImportance);
    }
  }

  private void fall(VideoFallback video, long nowNanos) {
    video.fall(nowNanos);
    victims.happen(nowNanos);
  }

  private void chooseVictim(long nowNanos) {
    if (!victims.allows(nowNanos)) {
      return;
    }
    for (VideoFallback video : byImportance.reversed()) {
      if (video.mayFall(nowNanos)) {
        fall(video, nowNanos);
        return;
      }
    }
  }

  private void chooseRecovery(long nowNanos) {
    if (!recoveries.allows(nowNanos)) {
      return;
    }
    for (VideoFallback video : byImportance) {
      if (video.mayRecover(nowNanos)) {
        video.recover(nowNanos);
        recoveries.happen(nowNanos);
        return;
      }
    }
  }

  private void chooseProbe(PathHealth health, long nowNanos) {
    probeDue = null;
    if (!health.allowsProbe() || isProbing()) {
      return;
    }
    for (VideoFallback video : byImportance) {
      if (video.isDoubtDue(nowNanos)) {
        probeDue = video;
        return;
      }
    }
    if (!probes.allows(nowNanos)) {
      return;
    }
    VideoFallback waiting = null;
    for (VideoFallback video : byImportance) {
      // One that needs less than those before it may fit where they don't; any other would only
      // take their turn.
      boolean inTurn = waiting == null || video.health().needsLessThan(waiting.health());
      if (!inTurn || !video.awaitsProbe(nowNanos)) {
        continue;
      }
      if (video.isProbeDue(nowNanos)) {
        probeDue = video;
        return;
      }
      waiting = video;
    }
  }

  private boolean isProbing() {
    for (VideoFallback video : byImportance) {
      if (video.state().isProbing()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What may be sent of a video.
   *
   * @return {@link Permission#ALL} for one that no update has named
   */
  public Permission permission(int id) {
    VideoFallback video = videos.get(id);
    return video == null ? Permission.ALL : video.permission();
  }

  /** A probe that is to be made now, once: {@link #onProbe} is told what becomes of it. */
  public Optional<ProbePlan> takeProbe() {
    VideoFallback video = probeDue;
    if (video == null) {
      return Optional.empty();
    }
    probeDue = null;
    return Optional.of(video.probe(updatedNanos));
  }

  /** What became of that probe; ignored when none is being waited for any more. */
  public void onProbe(ProbeOutcome outcome, long nowNanos) {
    boolean confirmed = false;
    for (VideoFallback video : byImportance) {
      if (video.state().isProbing()) {
        confirmed = video.state() instanceof Doubting && !(outcome instanceof ProbeOutcome.Passed);
        video.onProbe(outcome, nowNanos);
        probes.happen(nowNanos);
      } else if (confirmed) {
        // What is too much for this one is too much for those after it as well.
        video.onConfirmed(nowNanos);
      }
    }
  }
}

package dev.sluice.router.fallback;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.List;
import java.util.Optional;

/** Decides for the videos of one transport whether they may flow. Worker thread. */
public final class AudioFallback {
  /** Every video may flow. */
  public AudioFallback(FallbackSettings settings, FallbackListener listener) {}

  /**
   * Looks at how things are; every 50 ms.
   *
   * @param videos the most important first, those that are off too; who isn't among them is
   *     forgotten
   */
  public void update(LinkConditions link, List<VideoConditions> videos, long nowNanos) {}

  /** What may be sent of a video. */
  public Permission permission(int id) {
    return Permission.ALL;
  }

  /** A probe that is to be made now, once. */
  public Optional<ProbePlan> takeProbe() {
    return Optional.empty();
  }

  /** What became of that probe. */
  public void onProbe(ProbeOutcome outcome, long nowNanos) {}
}

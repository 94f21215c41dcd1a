package dev.sluice.router.fallback;

import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import java.time.Duration;

/** What an estimator would say of a bottleneck, roughly: enough to close the loop of a scene. */
final class RoughNetwork {
  private static final int STEPS_TO_NOTICE = 6;
  private static final long LONGEST_QUEUE_NANOS = 300_000_000;
  private static final long CLEAR_QUEUE_NANOS = 20_000_000;
  // A queue that grows by 20 ms in 250 ms fails a probe.
  private static final double PASSES_ABOVE_CAPACITY = 1.08;
  private static final double GROWTH_PER_STEP = 1.004;

  private final Scene scene;
  private long queueNanos;
  private int overloadedSteps;

  RoughNetwork(Scene scene) {
    this.scene = scene;
  }

  void step(long capacityBps) {
    long demandBps = scene.demandBps();
    double excess = (double) demandBps / capacityBps - 1;
    queueNanos += (long) (excess * Scene.STEP_NANOS);
    queueNanos = Math.clamp(queueNanos, 0, LONGEST_QUEUE_NANOS);
    overloadedSteps = excess > 0 ? overloadedSteps + 1 : 0;
    boolean noticed = overloadedSteps >= STEPS_TO_NOTICE;
    if (noticed) {
      scene.estimateBps = Math.min(scene.estimateBps, capacityBps * 95 / 100);
      scene.reason = Reason.DELAY;
    } else if (scene.estimateBps < Math.min(capacityBps, demandBps * 3 / 2)) {
      scene.estimateBps = (long) (scene.estimateBps * GROWTH_PER_STEP);
      scene.reason = Reason.GROWTH;
    }
    scene.usage =
        noticed ? Usage.CONGESTED : queueNanos > CLEAR_QUEUE_NANOS ? Usage.FILLING : Usage.CLEAR;
    scene.queue = Duration.ofNanos(queueNanos);
    scene.audioLoss = queueNanos == LONGEST_QUEUE_NANOS ? 0.05 : 0;
    scene.sendingBps = demandBps;
    scene.acknowledgedBps = Math.min(demandBps, capacityBps);
    boolean passes = scene.lastTargetBps <= capacityBps * PASSES_ABOVE_CAPACITY;
    scene.outcome =
        passes
            ? new ProbeOutcome.Passed(scene.estimateBps)
            : new ProbeOutcome.Failed("the queue grew");
    scene.step();
  }
}

package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transport over a path of some capacity, as far as the allocator sees it: what is granted is
 * sent, a probe passes when the path has room for it, and what is too much makes the estimate fall
 * after 300 ms.
 */
final class TestTransport {
  static final long MILLI = 1_000_000;
  static final long STEP_NANOS = 50 * MILLI;

  private static final long AUDIO_BPS = 60_000;
  private static final long PROBE_NANOS = 300 * MILLI;
  private static final double USABLE = 0.95;
  private static final double GROWTH_PER_STEP = 0.08 / 20;

  final Allocator allocator = new Allocator(AllocationSettings.DEFAULTS);
  List<VideoDemand> demands;
  long capacityBps;
  long nowNanos;
  double estimateBps = 1_000_000;
  Allocation allocation = Allocation.NOTHING;
  int spatialSwitches;
  int probes;
  double noise = 1;
  private long fullSinceNanos = -1;
  private @Nullable ProbePlan probe;
  private long probeEndNanos;

  TestTransport(long capacityBps, VideoDemand... demands) {
    this.capacityBps = capacityBps;
    this.demands = List.of(demands);
  }

  void run(double seconds) {
    long endNanos = nowNanos + (long) (seconds * 1_000 * MILLI);
    while (nowNanos < endNanos) {
      step();
    }
  }

  void step() {
    nowNanos += STEP_NANOS;
    long sendingBps = AUDIO_BPS + sentBps(allocation);
    Estimate.Usage usage = judge(sendingBps);
    answer();
    Estimate estimate =
        new Estimate(
            (long) estimateBps,
            Estimate.NEVER_FULL,
            Estimate.Reason.GROWTH,
            usage,
            Estimate.Sharing.UNKNOWN,
            0,
            0,
            Math.min(sendingBps, capacityBps),
            false);
    long budgetBps = (long) Math.max(0, (estimateBps * USABLE - AUDIO_BPS) * noise);
    Allocation before = allocation;
    allocation =
        allocator.allocate(
            Budget.whole(budgetBps),
            sendingBps,
            estimate,
            allocator.byImportance(demands),
            nowNanos);
    count(before);
    Optional<ProbePlan> wanted = probe == null ? allocation.probe() : Optional.empty();
    wanted.ifPresent(
        plan -> {
          probe = plan;
          probes++;
          probeEndNanos = nowNanos + PROBE_NANOS;
        });
  }

  private Estimate.Usage judge(long sendingBps) {
    if (sendingBps <= capacityBps) {
      fullSinceNanos = -1;
      double most = sendingBps * 1.5 + 10_000;
      estimateBps = Math.max(estimateBps, Math.min(most, estimateBps * (1 + GROWTH_PER_STEP)));
      return Estimate.Usage.CLEAR;
    }
    fullSinceNanos = fullSinceNanos < 0 ? nowNanos : fullSinceNanos;
    long fullNanos = nowNanos - fullSinceNanos;
    if (fullNanos < 200 * MILLI) {
      return Estimate.Usage.CLEAR;
    }
    if (fullNanos < 300 * MILLI) {
      return Estimate.Usage.FILLING;
    }
    estimateBps = Math.min(estimateBps, capacityBps * 0.9);
    return Estimate.Usage.CONGESTED;
  }

  private void answer() {
    ProbePlan plan = probe;
    if (plan == null || nowNanos < probeEndNanos) {
      return;
    }
    probe = null;
    if (plan.targetBps() <= capacityBps) {
      estimateBps = Math.max(estimateBps, (double) plan.targetBps());
      allocator.onProbe(new ProbeOutcome.Passed(plan.targetBps()), nowNanos);
    } else {
      allocator.onProbe(new ProbeOutcome.Failed("queue"), nowNanos);
    }
  }

  private static long sentBps(Allocation allocation) {
    return allocation.grants().stream()
        .mapToLong(grant -> grant.rung().map(Rung::costBps).orElse(0L))
        .sum();
  }

  private void count(Allocation before) {
    for (Allocation.Grant was : before.grants()) {
      for (Allocation.Grant is : allocation.grants()) {
        boolean both = was.id() == is.id() && was.rung().isPresent() && is.rung().isPresent();
        if (both && was.rung().get().encoding() != is.rung().get().encoding()) {
          spatialSwitches++;
        }
      }
    }
  }

  /** What is sent of a video now. */
  Rung rung(int id) {
    return allocation.grants().stream()
        .filter(grant -> grant.id() == id)
        .findFirst()
        .flatMap(Allocation.Grant::rung)
        .orElseThrow();
  }

  /** What the videos get together. */
  long videoBps() {
    return sentBps(allocation);
  }
}

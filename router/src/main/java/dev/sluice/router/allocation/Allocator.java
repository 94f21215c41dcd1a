package dev.sluice.router.allocation;

import dev.sluice.router.allocation.Allocation.Grant;
import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import java.util.List;
import java.util.Optional;

/** Splits the bitrate of one transport over its videos. Used on the worker's thread only. */
public final class Allocator {
  /** Has granted nothing yet. */
  public Allocator(AllocationSettings settings) {}

  /** The demands, the most important first: whose base layer is given up last. */
  public List<VideoDemand> byImportance(List<VideoDemand> demands) {
    return demands;
  }

  /**
   * Grants anew.
   *
   * @param budgetBps what the videos may take together, on the wire
   * @param sendingBps what is sent now of all media; a probe adds to it
   * @param demands by importance
   * @return the allocation before when nothing is different
   */
  public Allocation allocate(
      long budgetBps,
      long sendingBps,
      Estimate estimate,
      List<VideoDemand> demands,
      long nowNanos) {
    List<Grant> grants =
        demands.stream()
            .map(
                demand ->
                    new Grant(
                        demand.id(),
                        demand.ladder().isEmpty()
                            ? Optional.empty()
                            : Optional.of(demand.ladder().getLast())))
            .toList();
    return new Allocation(grants, 0, Optional.empty());
  }

  /** What became of the probe that the allocation asked for. */
  public void onProbe(ProbeOutcome outcome, long nowNanos) {}
}

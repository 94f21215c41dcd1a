package dev.sluice.router.allocation;

import dev.sluice.router.estimate.ProbePlan;
import java.util.List;
import java.util.Optional;

/**
 * Who gets what.
 *
 * @param grants one for each demand, the most important first
 * @param bitrateBps what they cost together
 * @param probe to be made before more can be granted
 */
public record Allocation(List<Grant> grants, long bitrateBps, Optional<ProbePlan> probe) {
  public static final Allocation NOTHING = new Allocation(List.of(), 0, Optional.empty());

  public Allocation {
    grants = List.copyOf(grants);
  }

  /**
   * What one video is sent as.
   *
   * @param rung empty when nothing of it is
   */
  public record Grant(int id, Optional<Rung> rung) {}
}

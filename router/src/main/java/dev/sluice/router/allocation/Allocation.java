package dev.sluice.router.allocation;

import dev.sluice.router.estimate.ProbePlan;
import java.util.List;
import java.util.Optional;

/**
 * Who gets what.
 *
 * @param grants one for each demand, the most important first
 * @param bitrateBps what they cost together, as it was when this was made
 * @param probe to be made before more can be granted; there until its outcome is told, or nothing
 *     more is wanted
 */
public record Allocation(List<Grant> grants, long bitrateBps, Optional<ProbePlan> probe) {
  public static final Allocation NOTHING = new Allocation(List.of(), 0, Optional.empty());

  public Allocation {
    grants = List.copyOf(grants);
  }

  /** Whether both grant the same layers and ask for the same probe, whatever they cost now. */
  boolean isSameAs(Allocation other) {
    if (grants.size() != other.grants.size() || !probe.equals(other.probe)) {
      return false;
    }
    for (int i = 0; i < grants.size(); i++) {
      if (!grants.get(i).isSameAs(other.grants.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What one video is sent as.
   *
   * @param rung empty when nothing of it is
   */
  public record Grant(int id, Optional<Rung> rung) {
    private boolean isSameAs(Grant other) {
      return id == other.id
          && rung.isPresent() == other.rung.isPresent()
          && (rung.isEmpty() || rung.get().isSameAs(other.rung.orElseThrow()));
    }
  }
}

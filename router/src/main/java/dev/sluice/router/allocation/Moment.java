package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;

/**
 * How things are at a look.
 *
 * @param budget what the videos may take together
 * @param sendingBps what is sent of all media
 */
record Moment(Budget budget, long sendingBps, Estimate estimate, long nowNanos) {
  long budgetBps() {
    return budget.bps();
  }
}

package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;

/**
 * How things are at a look.
 *
 * @param budgetBps what the videos may take together
 * @param wholeBudgetBps the same if nothing had to be held back
 * @param sendingBps what is sent of all media
 */
record Moment(
    long budgetBps, long wholeBudgetBps, long sendingBps, Estimate estimate, long nowNanos) {}

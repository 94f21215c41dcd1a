package dev.sluice.router.allocation;

import dev.sluice.router.estimate.Estimate;

/**
 * How things are at a look.
 *
 * @param budgetBps what the videos may take together
 * @param sendingBps what is sent of all media
 */
record Moment(long budgetBps, long sendingBps, Estimate estimate, long nowNanos) {}

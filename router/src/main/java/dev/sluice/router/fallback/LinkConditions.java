package dev.sluice.router.fallback;

import dev.sluice.router.estimate.Estimate;

/**
 * The state of the transport.
 *
 * @param audioBps reserved for audio, on the wire
 * @param videoBudgetBps what is left for video
 * @param sendingBps what is sent now of all media
 * @param audioLoss the share of audio packets lost lately, 0 to 1
 */
public record LinkConditions(
    Estimate estimate, long audioBps, long videoBudgetBps, long sendingBps, double audioLoss) {}

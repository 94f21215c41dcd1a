package dev.sluice.router.fallback;

import dev.sluice.router.estimate.Estimate;

/**
 * The state of the transport.
 *
 * @param audioBps reserved for audio, on the wire
 * @param videoBudgetBps what is left for video
 * @param sendingBps what is sent now of all media
 * @param waitingNanos how long what waits to be sent takes to leave, for want of bitrate
 * @param audioLoss the share of audio packets lost lately, 0 to 1
 */
public record LinkConditions(
    Estimate estimate,
    long audioBps,
    long videoBudgetBps,
    long sendingBps,
    long waitingNanos,
    double audioLoss) {}

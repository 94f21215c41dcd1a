package dev.sluice.router.fallback;

/**
 * The state of one video.
 *
 * @param mayFallBack whether it may be switched off: a camera whose publisher lets it, for a person
 * @param wanted the subscriber wants it, sees it, and the publisher sends it
 * @param needBps what its lowest rung costs at least; 0 when that is not known
 * @param carefulNeedBps what its lowest rung costs, judged carefully
 * @param keyFramesSent how many key frames it has started with so far
 */
public record VideoConditions(
    int id,
    boolean mayFallBack,
    boolean wanted,
    long needBps,
    long carefulNeedBps,
    long keyFramesSent) {}

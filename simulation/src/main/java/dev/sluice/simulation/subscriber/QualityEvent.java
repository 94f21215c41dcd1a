package dev.sluice.simulation.subscriber;

import dev.sluice.router.fallback.VideoQuality;

/** What a subscriber was told of a video, and when. */
public record QualityEvent(long nanos, String streamId, VideoQuality quality) {}

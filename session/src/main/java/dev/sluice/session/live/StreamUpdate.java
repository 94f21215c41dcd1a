package dev.sluice.session.live;

import dev.sluice.session.VideoDimensions;
import java.util.Optional;

/**
 * The properties of a stream that its publisher changes; empty ones stay as they are.
 *
 * @param forQuality whether the publisher's own network is why {@code hasVideo} changes, and not a
 *     person
 */
public record StreamUpdate(
    Optional<Boolean> hasAudio,
    Optional<Boolean> hasVideo,
    Optional<VideoDimensions> videoDimensions,
    boolean forQuality) {}

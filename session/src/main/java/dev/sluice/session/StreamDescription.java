package dev.sluice.session;

import java.util.Optional;
import java.util.OptionalInt;

/** What a publisher says of the stream it wants to publish. */
public record StreamDescription(
    String name,
    Optional<String> initials,
    Optional<VideoType> videoType,
    boolean hasAudio,
    boolean hasVideo,
    VideoDimensions videoDimensions,
    OptionalInt frameRate) {}

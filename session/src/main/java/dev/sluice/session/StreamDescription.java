package dev.sluice.session;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a publisher says of the stream it wants to publish.
 *
 * @param audioFallback whether its video may be switched off for a subscriber whose network can't
 *     carry it; empty for what is usual with its type
 */
public record StreamDescription(
    String name,
    Optional<String> initials,
    Optional<VideoType> videoType,
    boolean hasAudio,
    boolean hasVideo,
    VideoDimensions videoDimensions,
    OptionalInt frameRate,
    Optional<Boolean> audioFallback) {

  /** Unless the publisher says otherwise only a camera may be switched off. */
  public boolean mayFallBack() {
    return audioFallback.orElse(videoType.equals(Optional.of(VideoType.CAMERA)));
  }
}

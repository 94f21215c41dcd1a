package dev.sluice.session.media;

import dev.sluice.session.VideoDimensions;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which layer of a video a subscriber would like: the smallest that covers the resolution, at no
 * more than the frame rate. What is empty is not restricted.
 *
 * @param frameRate pictures a second, 1 to 240
 */
public record LayerPreference(Optional<VideoDimensions> resolution, OptionalInt frameRate) {
  public static final LayerPreference NONE =
      new LayerPreference(Optional.empty(), OptionalInt.empty());

  public LayerPreference {
    if (frameRate.isPresent() && (frameRate.getAsInt() < 1 || frameRate.getAsInt() > 240)) {
      throw new IllegalArgumentException("a frame rate of " + frameRate.getAsInt());
    }
  }
}

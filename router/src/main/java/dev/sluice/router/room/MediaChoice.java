package dev.sluice.router.room;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.VideoTerms;

/**
 * What a subscriber wants of a stream now.
 *
 * @param terms how its video may be adapted to the subscriber's network
 */
public record MediaChoice(boolean audio, boolean video, LayerPreference layer, VideoTerms terms) {
  boolean wants(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> audio;
      case VIDEO -> video;
    };
  }
}

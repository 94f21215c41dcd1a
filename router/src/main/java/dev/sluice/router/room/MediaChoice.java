package dev.sluice.router.room;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.MediaKind;

/** What a subscriber wants of a stream now. */
public record MediaChoice(boolean audio, boolean video, LayerPreference layer) {
  boolean wants(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> audio;
      case VIDEO -> video;
    };
  }
}

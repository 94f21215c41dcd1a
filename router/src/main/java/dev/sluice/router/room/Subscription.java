package dev.sluice.router.room;

import dev.sluice.router.live.MediaKind;

/** A peer's wish to receive a stream. */
record Subscription(String id, String streamId, boolean audio, boolean video) {
  boolean wants(MediaKind kind) {
    return switch (kind) {
      case AUDIO -> audio;
      case VIDEO -> video;
    };
  }

  Subscription with(boolean newAudio, boolean newVideo) {
    return new Subscription(id, streamId, newAudio, newVideo);
  }
}

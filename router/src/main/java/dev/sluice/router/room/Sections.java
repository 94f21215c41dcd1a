package dev.sluice.router.room;

import dev.sluice.router.live.MediaKind;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.transport.negotiation.SupportedCodec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns what a negotiation says of an m-section into the router's own terms. */
final class Sections {
  private Sections() {}

  static MediaKind kind(SupportedCodec codec) {
    return switch (codec.type()) {
      case AUDIO -> MediaKind.AUDIO;
      case VIDEO -> MediaKind.VIDEO;
      case OTHER -> throw new IllegalArgumentException("no medium: " + codec);
    };
  }

  /** The codec of a video; empty for audio. */
  static Optional<VideoCodec> video(SupportedCodec codec) {
    return switch (kind(codec)) {
      case AUDIO -> Optional.empty();
      case VIDEO ->
          Optional.of(
              VideoCodec.ofEncodingName(codec.name())
                  .orElseThrow(
                      () -> new IllegalArgumentException("negotiated, but not known: " + codec)));
    };
  }

  static ExtensionIds extensionIds(Map<String, Integer> idsByUri) {
    Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
    idsByUri.forEach(
        (uri, id) -> HeaderExtension.ofUri(uri).ifPresent(known -> ids.put(known, id)));
    return ExtensionIds.of(ids);
  }
}

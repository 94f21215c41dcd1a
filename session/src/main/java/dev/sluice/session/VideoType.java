package dev.sluice.session;

import java.util.Optional;

/** What a stream's video shows. */
public enum VideoType {
  CAMERA("camera"),
  SCREEN("screen"),
  CUSTOM("custom");

  private final String wireName;

  VideoType(String wireName) {
    this.wireName = wireName;
  }

  public static Optional<VideoType> parse(String wireName) {
    for (VideoType type : values()) {
      if (type.wireName.equals(wireName)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public String wireName() {
    return wireName;
  }
}

package dev.sluice.transport.sdp;

/** The medium of an m-section (RFC 8866 §5.14). */
public enum MediaType {
  AUDIO,
  VIDEO,
  /** Data channels and whatever else is no medium; never accepted here. */
  OTHER;

  static MediaType ofToken(String token) {
    return switch (token) {
      case "audio" -> AUDIO;
      case "video" -> VIDEO;
      default -> OTHER;
    };
  }
}

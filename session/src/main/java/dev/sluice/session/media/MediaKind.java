package dev.sluice.session.media;

/** Audio or video. */
public enum MediaKind {
  AUDIO,
  VIDEO
}

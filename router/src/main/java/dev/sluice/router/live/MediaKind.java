package dev.sluice.router.live;

/** Audio or video. */
public enum MediaKind {
  AUDIO,
  VIDEO
}

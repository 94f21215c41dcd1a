package dev.sluice.session.media;

/** How well a subscriber's network carries the video of a subscription. */
public enum VideoQuality {
  GOOD,
  /** The video may soon be off. */
  WARNING,
  /** The video is held back; the audio goes on. */
  OFF
}

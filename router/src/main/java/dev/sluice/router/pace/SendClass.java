package dev.sluice.router.pace;

/** How much a packet matters to its subscriber, the most first. */
public enum SendClass {
  /** Sound. It never waits, but what is left for the others is less by it. */
  AUDIO,
  /**
   * Sound that the subscriber has asked for again; as soon as it is asked for, or it is too late.
   */
  AUDIO_RETRANSMISSION,
  /** What a picture can't do without: key frames and the lowest temporal layer. */
  BASE_VIDEO,
  /** What the subscriber has asked for again of a video. */
  RETRANSMISSION,
  /** The temporal layers above the lowest. */
  ENHANCEMENT,
  /** Sent only to find out whether it arrives. */
  PADDING
}

package dev.sluice.router.pace;

/** How much a packet matters to its subscriber, the most first. */
public enum SendClass {
  /** Sound. It never waits, but what is left for the others is less by it. */
  AUDIO,
  /**
   * Sound that the subscriber has asked for again; as soon as it is asked for, or it is too late.
   */
  AUDIO_RETRANSMISSION,
  /** Base video that the subscriber has asked for again: what comes after it is of no use yet. */
  BASE_RETRANSMISSION,
  /** What a picture can't do without: key frames and the lowest temporal layer. */
  BASE_VIDEO,
  /** What the subscriber has asked for again of the rest of a video. */
  RETRANSMISSION,
  /** The temporal layers above the lowest. */
  ENHANCEMENT,
  /** Sent only to find out whether it arrives. */
  PADDING;

  /** Whether it is of a video and was asked for again. */
  boolean isVideoRetransmission() {
    return this == BASE_RETRANSMISSION || this == RETRANSMISSION;
  }

  /** Whether it is of a video, and no picture can do without it. */
  boolean isBase() {
    return this == BASE_RETRANSMISSION || this == BASE_VIDEO;
  }
}

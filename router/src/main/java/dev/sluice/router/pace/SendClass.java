package dev.sluice.router.pace;

/**
 * How much a packet matters to its subscriber, the most first.
 *
 * <p>There is none for repeated audio, because audio is not repeated: see {@link
 * dev.sluice.router.forward.AudioForwarder}.
 */
public enum SendClass {
  /** Sound. It never waits, but what is left for the others is less by it. */
  AUDIO,
  /** What a picture can't do without: key frames and the lowest temporal layer. */
  BASE_VIDEO,
  /** What the subscriber has asked for again. */
  RETRANSMISSION,
  /** The temporal layers above the lowest. */
  ENHANCEMENT,
  /** Sent only to find out whether it arrives. */
  PADDING
}

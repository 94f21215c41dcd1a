package dev.sluice.router.allocation;

/** How much of a video audio fallback lets through. */
public enum Permission {
  /** Nothing: the video is off. */
  NONE,
  /** The lowest rung only. */
  BASE,
  /** Whatever fits. */
  ALL
}

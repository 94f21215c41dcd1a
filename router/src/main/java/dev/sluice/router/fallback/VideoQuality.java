package dev.sluice.router.fallback;

/** How well the network carries a subscriber's video. */
public enum VideoQuality {
  /** Well; again, after the others, once a key frame was sent. */
  GOOD,
  /** So badly that it may be switched off soon. */
  WARNING,
  /** Not at all: it is switched off, and comes back by itself. */
  OFF
}

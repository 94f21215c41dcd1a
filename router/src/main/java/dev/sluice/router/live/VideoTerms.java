package dev.sluice.router.live;

/**
 * How a video may be adapted to a subscriber's network.
 *
 * @param mayFallBack whether it may be switched off: a camera whose publisher lets it
 * @param screen a shared screen, which goes before cameras
 * @param exempt the subscriber is a recorder or a relay: never less than the best, never switched
 *     off
 */
public record VideoTerms(boolean mayFallBack, boolean screen, boolean exempt) {
  /** A camera with audio fallback, for a person. */
  public static final VideoTerms CAMERA = new VideoTerms(true, false, false);
}

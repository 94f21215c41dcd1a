package dev.sluice.router.forward;

/**
 * Which layer of a video a subscriber would like: the smallest that covers the size, at no more
 * than the frame rate.
 *
 * @param width in pixels; 0, like {@code height}, where the size is not restricted
 * @param frameRate pictures a second; 0 where it is not restricted
 */
public record LayerPreference(int width, int height, int frameRate) {
  /** The best there is. */
  public static final LayerPreference NONE = new LayerPreference(0, 0, 0);

  public LayerPreference {
    if (width < 0 || height < 0 || frameRate < 0) {
      throw new IllegalArgumentException("%dx%d at %d".formatted(width, height, frameRate));
    }
  }

  boolean hasSize() {
    return width > 0 || height > 0;
  }
}

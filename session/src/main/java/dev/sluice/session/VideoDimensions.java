package dev.sluice.session;

/** Size of a stream's video in pixels; 0×0 when it has none. Each side 0 to 16384. */
public record VideoDimensions(int width, int height) {
  public static final int MAX_SIDE = 16_384;
  public static final VideoDimensions NONE = new VideoDimensions(0, 0);

  public VideoDimensions {
    if (width < 0 || height < 0 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "video dimensions %dx%d, each side may be 0 to %d".formatted(width, height, MAX_SIDE));
    }
  }
}

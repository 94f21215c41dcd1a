package dev.sluice.simulation.publisher;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a video is encoded.
 *
 * @param encodings of its simulcast, the lowest first
 * @param frameRate pictures a second, of all temporal layers together
 * @param temporalLayers 1 or 3
 * @param sizeSpread how much the sizes of pictures vary: the deviation of their logarithm
 * @param bursts when there is suddenly much to show, as in a shared screen
 */
public record VideoPlan(
    List<EncodingPlan> encodings,
    double frameRate,
    int temporalLayers,
    double sizeSpread,
    Optional<Bursts> bursts) {
  /**
   * Times of larger pictures.
   *
   * @param everyNanos from the start of one to the start of the next
   * @param factor how much larger
   */
  public record Bursts(long everyNanos, long lengthNanos, double factor) {}

  /** What Chromium makes of a camera at 960x540 and 15 pictures a second. */
  public static final VideoPlan CAMERA =
      new VideoPlan(
          List.of(
              new EncodingPlan("q", 240, 134, 110_000),
              new EncodingPlan("h", 480, 270, 370_000),
              new EncodingPlan("f", 960, 540, 1_150_000)),
          15,
          3,
          0.25,
          Optional.empty());

  /** The same without the largest encoding, for where there is no room for that anyway. */
  public static final VideoPlan SMALL_CAMERA =
      new VideoPlan(CAMERA.encodings().subList(0, 2), 15, 3, 0.25, Optional.empty());

  /** One small encoding, for rooms of many and for long runs. */
  public static final VideoPlan THUMBNAIL =
      new VideoPlan(
          List.of(new EncodingPlan("q", 240, 134, 110_000)), 7.5, 3, 0.25, Optional.empty());

  /** A shared screen that is scrolled now and then: three times as much for two seconds. */
  public static final VideoPlan SCREEN =
      new VideoPlan(
          List.of(new EncodingPlan("f", 1280, 720, 1_200_000)),
          10,
          1,
          0.3,
          Optional.of(
              new Bursts(TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(2), 3)));

  public VideoPlan {
    encodings = List.copyOf(encodings);
    if (temporalLayers != 1 && temporalLayers != 3) {
      throw new IllegalArgumentException(temporalLayers + " temporal layers");
    }
  }
}

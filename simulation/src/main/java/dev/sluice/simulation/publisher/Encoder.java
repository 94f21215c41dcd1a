package dev.sluice.simulation.publisher;

import dev.sluice.simulation.media.FrameNote;
import java.util.random.RandomGenerator;

/**
 * Makes the pictures of one encoding: their sizes around what its rate allows, with the references
 * of VP8's temporal layers.
 */
final class Encoder {
  // The pattern of libvpx for three layers: 0 2 1 2, with 40, 20 and 40 % of the bits.
  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final double[] SHARES = {0.40, 0.20, 0.20, 0.20};

  private static final double MIN_KEY_FACTOR = 6;
  private static final double MAX_KEY_FACTOR = 8;
  private static final int MIN_BYTES = 60;
  // A rate control makes up for a key frame over about a second.
  private static final double REPAID_EACH_FRAME = 0.07;
  private static final double LEAST_FACTOR = 0.5;

  private final EncodingPlan plan;
  private final VideoPlan video;
  private final RandomGenerator random;
  private int frames;
  private int place;
  private double debtBytes;
  private int lastBase = FrameNote.NO_FRAME;
  private int lastMiddle = FrameNote.NO_FRAME;

  Encoder(EncodingPlan plan, VideoPlan video, RandomGenerator random) {
    this.plan = plan;
    this.video = video;
    this.random = random;
  }

  Frame next(boolean key, double contentFactor) {
    if (key) {
      place = 0;
    }
    boolean layered = video.temporalLayers() > 1;
    int temporal = layered ? PATTERN[place] : 0;
    double average = plan.bitrateBps() / 8.0 / video.frameRate();
    double usual = layered ? average * PATTERN.length * SHARES[place] : average;
    double noise = Math.exp(random.nextGaussian() * video.sizeSpread());
    double size;
    if (key) {
      size = average * random.nextDouble(MIN_KEY_FACTOR, MAX_KEY_FACTOR);
      debtBytes += size - usual;
    } else {
      double repaid = Math.min(debtBytes * REPAID_EACH_FRAME, usual * (1 - LEAST_FACTOR));
      debtBytes -= repaid;
      size = (usual - repaid) * noise * contentFactor;
    }
    int index = frames++;
    Frame frame =
        new Frame(
            index,
            temporal,
            key,
            Math.max(MIN_BYTES, (int) size),
            key ? FrameNote.NO_FRAME : lastBase,
            temporal == 2 ? lastMiddle : FrameNote.NO_FRAME,
            temporal > 0 && lastMiddle == FrameNote.NO_FRAME);
    if (temporal == 0) {
      lastBase = index;
      lastMiddle = FrameNote.NO_FRAME;
    } else if (temporal == 1) {
      lastMiddle = index;
    }
    place = layered ? (place + 1) % PATTERN.length : 0;
    return frame;
  }
}

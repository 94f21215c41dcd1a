package dev.sluice.router.forward;

import dev.sluice.router.track.VideoPacket;

/**
 * Says which temporal layers of the forwarded layer a subscriber gets. Going down takes effect with
 * the next picture, because no lower one needs a higher one; going up waits for a picture from
 * which on the higher ones can be decoded. A picture goes whole or not at all. Used on the worker's
 * thread only.
 */
final class TemporalSelector {
  private int wanted = VideoPacket.ALL_TEMPORAL_LAYERS;
  private int current = VideoPacket.ALL_TEMPORAL_LAYERS;
  private boolean inPicture;
  private int pictureTimestamp;
  private boolean picturePasses = true;

  /** Sets the highest temporal layer wanted, 0 for the base. */
  void want(int temporalLayer) {
    wanted = temporalLayer;
  }

  /** A key frame starts a new layer: all of its temporal layers can be decoded. */
  void restart() {
    current = wanted;
    inPicture = false;
  }

  /**
   * Whether the next packet in the order of the source goes to the subscriber. What has no temporal
   * layer always does.
   */
  boolean passes(int rtpTimestamp, VideoPacket video) {
    if (inPicture && rtpTimestamp == pictureTimestamp) {
      return picturePasses;
    }
    inPicture = true;
    pictureTimestamp = rtpTimestamp;
    picturePasses = decide(video);
    return picturePasses;
  }

  private boolean decide(VideoPacket video) {
    current = Math.min(current, wanted);
    int temporalLayer = video.temporalLayer();
    if (temporalLayer < 0) {
      return true;
    }
    if (temporalLayer > current && temporalLayer <= wanted && video.entersTemporalLayer()) {
      current = temporalLayer;
    }
    boolean passes = temporalLayer <= current;
    if (passes) {
      current = Math.max(current, Math.min(wanted, video.opensTemporalLayers()));
    }
    return passes;
  }
}

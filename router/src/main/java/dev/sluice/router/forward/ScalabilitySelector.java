package dev.sluice.router.forward;

import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.Timestamps;

/**
 * Says which spatial and temporal layers of the forwarded encoding a subscriber gets. Going down
 * takes effect with the next picture, because no lower layer needs a higher one: all lower spatial
 * layers are always sent, also where a mode such as L3T3_KEY needs them in key pictures only.
 *
 * <p>Going up temporally waits for a picture from which on the higher ones can be decoded; going up
 * spatially for a key picture. In between encoders of browsers make no picture whose upper spatial
 * layer needs none before it, neither where every picture is predicted from the layer below nor
 * where only key pictures are.
 *
 * <p>A picture loses whole spatial layers from the top, or goes or stays as a whole. A layer that
 * its publisher stops is not waited for. Used on the worker's thread only.
 */
final class ScalabilitySelector {
  /** More spatial layers than any codec has. */
  static final int ALL_SPATIAL_LAYERS = 7;

  private int wantedSpatial = ALL_SPATIAL_LAYERS;
  private int wantedTemporal = VideoPacket.ALL_TEMPORAL_LAYERS;
  private int currentSpatial = ALL_SPATIAL_LAYERS;
  private int currentTemporal = VideoPacket.ALL_TEMPORAL_LAYERS;
  private int spatialBefore = ALL_SPATIAL_LAYERS;
  private int spatialSince;
  private boolean inPicture;
  private int pictureTimestamp;
  private boolean picturePasses = true;

  /** Sets the highest layers wanted, 0 for the base. */
  void want(int spatialLayer, int temporalLayer) {
    wantedSpatial = spatialLayer;
    wantedTemporal = temporalLayer;
  }

  /** A key frame starts a new encoding: all of its layers can be decoded. */
  void restart() {
    currentSpatial = wantedSpatial;
    currentTemporal = wantedTemporal;
    spatialBefore = wantedSpatial;
    inPicture = false;
  }

  /**
   * Whether a key frame is needed to get to the spatial layers wanted.
   *
   * @param topSpatial the highest spatial layer that is being sent
   */
  boolean needsKeyFrame(int topSpatial) {
    return Math.min(wantedSpatial, topSpatial) > currentSpatial;
  }

  /**
   * Whether the next packet in the order of the source goes to the subscriber. What tells no layer
   * always does.
   */
  boolean passes(int rtpTimestamp, VideoPacket video) {
    if (!inPicture || rtpTimestamp != pictureTimestamp) {
      inPicture = true;
      pictureTimestamp = rtpTimestamp;
      enterSpatial(video);
      picturePasses = entersTemporal(video);
    }
    return picturePasses && video.spatialLayer() <= currentSpatial;
  }

  private void enterSpatial(VideoPacket video) {
    int entered = video.startsKeyFrame() ? wantedSpatial : Math.min(currentSpatial, wantedSpatial);
    if (entered != currentSpatial) {
      spatialBefore = currentSpatial;
      spatialSince = pictureTimestamp;
      currentSpatial = entered;
    }
  }

  private boolean entersTemporal(VideoPacket video) {
    currentTemporal = Math.min(currentTemporal, wantedTemporal);
    int temporalLayer = video.temporalLayer();
    if (temporalLayer < 0) {
      return true;
    }
    if (temporalLayer > currentTemporal
        && temporalLayer <= wantedTemporal
        && video.entersTemporalLayer()) {
      currentTemporal = temporalLayer;
    }
    boolean passes = temporalLayer <= currentTemporal;
    if (passes) {
      currentTemporal =
          Math.max(currentTemporal, Math.min(wantedTemporal, video.opensTemporalLayers()));
    }
    return passes;
  }

  /**
   * Whether a packet is the last one that is sent of its picture, because the layers above are left
   * out. Receivers go by the marker bit to know that a picture is complete.
   */
  boolean cutsPicture(int rtpTimestamp, VideoPacket video) {
    // Late packets are of pictures that were cut as it was then
    boolean before = Timestamps.isNewer(spatialSince, rtpTimestamp);
    return video.endsLayerFrame()
        && video.spatialLayer() == (before ? spatialBefore : currentSpatial);
  }
}

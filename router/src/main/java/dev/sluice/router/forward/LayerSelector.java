package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which layer of a video track one subscriber gets: the best active one up to a cap. A
 * layer is only entered at its own key frame. Going up, the layer below is forwarded until then;
 * going down the layer above stops at once, because a subscriber who can't take it would lose far
 * more by waiting. Used on the worker's thread only.
 */
public final class LayerSelector {
  /** The cap that lets every layer through. */
  public static final int NO_CAP = Integer.MAX_VALUE;

  /** The cap that lets no layer through. */
  public static final int NOTHING = -1;

  private List<Layer> layers;
  private boolean enabled = true;
  private int maxLayer = NO_CAP;
  private @Nullable Layer target;
  private @Nullable Layer current;

  /** What to do with a packet. */
  public enum Verdict {
    /** The subscriber doesn't get it. */
    DROP,
    /** It continues the current layer. */
    FORWARD,
    /** It starts a key frame of a layer that becomes the current one with it. */
    SWITCH
  }

  /** Chooses among the layers of one track. */
  public LayerSelector(List<Layer> layers) {
    this.layers = List.copyOf(layers);
  }

  /** Takes the layers of the publisher's new track in place of the one before. */
  public void setLayers(List<Layer> newLayers, long nowNanos) {
    layers = List.copyOf(newLayers);
    current = null;
    update(nowNanos);
  }

  /** Lets video through or holds it back; afterwards it waits for a key frame. */
  public void setEnabled(boolean enabled, long nowNanos) {
    this.enabled = enabled;
    update(nowNanos);
  }

  /**
   * Sets the best layer that may be chosen: 0 for the lowest of the track, {@link #NO_CAP} or
   * {@link #NOTHING}. Bandwidth allocation decides it.
   */
  public void setMaxLayer(int maxLayer, long nowNanos) {
    this.maxLayer = maxLayer;
    update(nowNanos);
  }

  /** Chooses anew; layers come and go with time, so at least every 100 ms. */
  public void update(long nowNanos) {
    Layer best = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (isAllowed(layer)
          && layer.isActive(nowNanos)
          && (best == null || layer.isBetterThan(best))) {
        best = layer;
      }
    }
    Layer forwarded = current;
    if (best == null && forwarded != null && isAllowed(forwarded)) {
      // All are silent: the publisher pauses and will go on with the same layer
      best = forwarded;
    }
    target = best;
    if (forwarded != null
        && forwarded != best
        && !(isAllowed(forwarded) && forwarded.isActive(nowNanos))) {
      current = null;
    }
  }

  /**
   * Decides on a packet.
   *
   * @param startsKeyFrame whether it is the first packet of a key frame
   */
  public Verdict onPacket(Layer layer, boolean startsKeyFrame, long nowNanos) {
    if (startsKeyFrame || target == null) {
      update(nowNanos);
    }
    if (layer == current) {
      return Verdict.FORWARD;
    }
    // Without a picture any key frame is welcome; the target's own follows
    if (startsKeyFrame && isAllowed(layer) && (layer == target || current == null)) {
      current = layer;
      return Verdict.SWITCH;
    }
    return Verdict.DROP;
  }

  /** The current layer has broken off: wait for a key frame. */
  public void interrupt() {
    current = null;
  }

  /** The layer that is forwarded; null while there is none. */
  public @Nullable Layer current() {
    return current;
  }

  /** The layer that a key frame is needed of, to get to the one wanted; null when it is there. */
  public @Nullable Layer keyframeWanted() {
    return target == current ? null : target;
  }

  /** The layer whose key frame mends a broken picture; null when there is no video to mend. */
  public @Nullable Layer onPictureLoss() {
    return current == null ? target : current;
  }

  private boolean isAllowed(Layer layer) {
    return enabled && rank(layer) <= maxLayer;
  }

  private int rank(Layer layer) {
    int rank = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (layer.isBetterThan(layers.get(i))) {
        rank++;
      }
    }
    return rank;
  }
}

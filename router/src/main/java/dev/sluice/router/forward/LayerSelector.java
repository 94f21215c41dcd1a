package dev.sluice.router.forward;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which layer of a video track one subscriber gets: of the active ones up to a cap the
 * smallest that covers what the subscriber would like, or the best when none does. A layer is only
 * entered at its own key frame. Going up, the layer below is forwarded until then; going down the
 * layer above stops at once, because a subscriber who can't take it would lose far more by waiting.
 * Used on the worker's thread only.
 */
public final class LayerSelector {
  /** The cap that lets every layer through. */
  public static final int NO_CAP = Integer.MAX_VALUE;

  /** The cap that lets no layer through. */
  public static final int NOTHING = -1;

  private List<Layer> layers;
  private boolean enabled = true;
  private int maxLayer = NO_CAP;
  private LayerPreference preference = LayerPreference.NONE;
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

  /** Sets what the subscriber would like; its frame rate is not looked at here. */
  public void setPreference(LayerPreference preference, long nowNanos) {
    this.preference = preference;
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

  /** One rung for each active layer. */
  List<Rung> ladder(long nowNanos) {
    return layers.stream()
        .filter(layer -> layer.isActive(nowNanos))
        .sorted((one, other) -> one.isBetterThan(other) ? 1 : other.isBetterThan(one) ? -1 : 0)
        .map(
            layer ->
                new Rung(
                    layer.index(),
                    0,
                    VideoPacket.ALL_TEMPORAL_LAYERS,
                    layer.width(),
                    layer.height(),
                    0,
                    layer.bitrateBps(nowNanos),
                    layer.bitrateBps(nowNanos),
                    true))
        .toList();
  }

  /** Chooses anew; layers come and go with time, so at least every 100 ms. */
  public void update(long nowNanos) {
    Layer chosen = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (isAllowed(layer)
          && layer.isActive(nowNanos)
          && (chosen == null || isPreferred(layer, chosen))) {
        chosen = layer;
      }
    }
    Layer forwarded = current;
    if (chosen == null && forwarded != null && isAllowed(forwarded)) {
      // All are silent: the publisher pauses and will go on with the same layer
      chosen = forwarded;
    }
    target = chosen;
    if (forwarded != null && forwarded != chosen && !isStepUp(forwarded, chosen, nowNanos)) {
      current = null;
    }
  }

  /** Whether {@code from} can be shown until the key frame of {@code to} comes. */
  private boolean isStepUp(Layer from, @Nullable Layer to, long nowNanos) {
    return to != null && isAllowed(from) && from.isActive(nowNanos) && to.isBetterThan(from);
  }

  private boolean isPreferred(Layer layer, Layer other) {
    boolean covers = covers(layer);
    if (covers != covers(other)) {
      return covers;
    }
    // Of those that cover the size the smallest is enough; else the best comes nearest
    return covers ? other.isBetterThan(layer) : layer.isBetterThan(other);
  }

  private boolean covers(Layer layer) {
    if (!preference.hasSize()) {
      return false;
    }
    Layer sized = nearestSized(layer);
    if (sized == null) {
      return false;
    }
    int doublings = layer.index() - sized.index();
    return scaled(sized.width(), doublings) >= preference.width()
        && scaled(sized.height(), doublings) >= preference.height();
  }

  /** Simulcast encodings as browsers make them double from one to the next. */
  private static long scaled(int pixels, int doublings) {
    return doublings >= 0 ? (long) pixels << doublings : pixels >> -doublings;
  }

  /**
   * The layer itself when the size of its pictures is known, else the nearest one of known size.
   */
  private @Nullable Layer nearestSized(Layer layer) {
    Layer nearest = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer other = layers.get(i);
      if (other.width() > 0 && (nearest == null || isNearer(other, nearest, layer))) {
        nearest = other;
      }
    }
    return nearest;
  }

  private static boolean isNearer(Layer one, Layer other, Layer to) {
    return Math.abs(one.index() - to.index()) < Math.abs(other.index() - to.index());
  }

  /**
   * Decides on a packet.
   *
   * @param startsKeyFrame whether a subscriber can start with this packet
   */
  public Verdict onPacket(Layer layer, boolean startsKeyFrame, long nowNanos) {
    if (startsKeyFrame || target == null) {
      update(nowNanos);
    }
    if (layer == current) {
      return Verdict.FORWARD;
    }
    if (startsKeyFrame && isAllowed(layer) && isWelcome(layer)) {
      current = layer;
      return Verdict.SWITCH;
    }
    return Verdict.DROP;
  }

  /** Without a picture a key frame of a lower layer is welcome too; the target's own follows. */
  private boolean isWelcome(Layer layer) {
    Layer wanted = target;
    return layer == wanted || (current == null && wanted != null && wanted.isBetterThan(layer));
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

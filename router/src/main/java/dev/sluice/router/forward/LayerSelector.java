package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which layer of a video track one subscriber gets: of those up to a cap the smallest that
 * covers what the subscriber would like, or the best when none does. A layer that its publisher
 * does not send is no choice, one that was only switched off because nobody wanted it is; until it
 * has come a lower one is shown. A layer is only entered at its own key frame. Going up, the layer
 * below is forwarded until then; going down the layer above stops at once, because a subscriber who
 * can't take it would lose far more by waiting. Used on the worker's thread only.
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
  private boolean targetActive;
  private @Nullable Layer substitute;
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
   * Sets the best layer that may be chosen, by its {@link Layer#index()}, {@link #NO_CAP} or {@link
   * #NOTHING}. Bandwidth allocation decides it.
   */
  void setMaxLayer(int maxLayer, long nowNanos) {
    if (maxLayer != this.maxLayer) {
      this.maxLayer = maxLayer;
      update(nowNanos);
    }
  }

  /**
   * The layers that are a choice up to the one that the subscriber would like, whatever the cap;
   * the lowest quality first.
   */
  List<Layer> choices(long nowNanos) {
    Layer most = preferred(NO_CAP, nowNanos);
    List<Layer> choices = new ArrayList<>();
    if (most == null) {
      return choices;
    }
    boolean anyActive = isAnyActive(nowNanos);
    for (Layer layer : layers) {
      if (!layer.isBetterThan(most) && isChoice(layer, anyActive, nowNanos)) {
        choices.add(layer);
      }
    }
    choices.sort((one, other) -> one.isBetterThan(other) ? 1 : other.isBetterThan(one) ? -1 : 0);
    return choices;
  }

  /** Says of each layer whether it is a choice, and whether it arrives. */
  long choiceBits(long nowNanos) {
    boolean anyActive = isAnyActive(nowNanos);
    long bits = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      bits = bits << 1 | (isChoice(layer, anyActive, nowNanos) ? 1 : 0);
      bits = bits << 1 | (layer.isActive(nowNanos) ? 1 : 0);
    }
    return bits;
  }

  /** Chooses anew; layers come and go with time, so at least every 100 ms. */
  public void update(long nowNanos) {
    Layer chosen = enabled ? preferred(maxLayer, nowNanos) : null;
    Layer forwarded = current;
    if (chosen == null && forwarded != null && isAllowed(forwarded)) {
      // All are silent: the publisher pauses and will go on with the same layer
      chosen = forwarded;
    }
    target = chosen;
    targetActive = chosen != null && chosen.isActive(nowNanos);
    substitute = chosen == null || targetActive ? null : bestActiveBelow(chosen, nowNanos);
    boolean goesOn = forwarded == chosen ? substitute == null : isStepUp(chosen, nowNanos);
    if (!goesOn) {
      current = null;
    }
  }

  private @Nullable Layer preferred(int cap, long nowNanos) {
    boolean anyActive = isAnyActive(nowNanos);
    Layer chosen = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (isWithin(layer, cap)
          && isChoice(layer, anyActive, nowNanos)
          && (chosen == null || isPreferred(layer, chosen))) {
        chosen = layer;
      }
    }
    return chosen;
  }

  private boolean isAnyActive(long nowNanos) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).isActive(nowNanos)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChoice(Layer layer, boolean anyActive, long nowNanos) {
    return layer.isActive(nowNanos) || (anyActive && layer.onDemand().isAvailable());
  }

  /** Whether the current layer can be shown until the key frame of {@code to} comes. */
  private boolean isStepUp(@Nullable Layer to, long nowNanos) {
    Layer from = current;
    return to != null
        && from != null
        && isAllowed(from)
        && from.isActive(nowNanos)
        && to.isBetterThan(from);
  }

  private @Nullable Layer bestActiveBelow(Layer wanted, long nowNanos) {
    Layer best = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.isActive(nowNanos)
          && wanted.isBetterThan(layer)
          && (best == null || layer.isBetterThan(best))) {
        best = layer;
      }
    }
    return best;
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

  /**
   * The layer that a key frame is needed of: the one wanted, or until that has come the best below
   * while nothing is shown; null when none is. One that is switched on again comes with a key frame
   * by itself.
   */
  public @Nullable Layer keyframeWanted() {
    if (target == current || targetActive) {
      return target == current ? null : target;
    }
    return current == null ? substitute : null;
  }

  /** The layer whose key frame mends a broken picture; null when there is no video to mend. */
  public @Nullable Layer onPictureLoss() {
    return current == null ? keyframeWanted() : current;
  }

  /** Whether the subscriber gets a layer or is to get it. */
  public boolean wants(Layer layer) {
    return layer == target || layer == current;
  }

  private boolean isAllowed(Layer layer) {
    return enabled && isWithin(layer, maxLayer);
  }

  private boolean isWithin(Layer layer, int cap) {
    if (cap == NO_CAP || cap == NOTHING) {
      return cap == NO_CAP;
    }
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).index() == cap) {
        return !layer.isBetterThan(layers.get(i));
      }
    }
    // A cap from before the publisher's track was replaced
    return layer.index() <= cap;
  }
}

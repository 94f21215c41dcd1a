package dev.sluice.router.track;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Spares a publisher the simulcast encodings that nobody wants: says which it is asked to send. The
 * lowest always is, because whoever joins or recovers starts with it. Used on the worker's thread
 * only.
 */
public final class LayerEconomy {
  private final List<Layer> layers;
  private final EconomySettings settings;

  /**
   * Asks for everything at first.
   *
   * @param layers all of one track
   */
  public LayerEconomy(List<Layer> layers, EconomySettings settings) {
    this.layers = List.copyOf(layers);
    this.settings = settings;
  }

  /**
   * Goes by who wants what now; every 100 ms or so.
   *
   * @return whether {@link #rids()} has changed
   */
  public boolean update(Predicate<Layer> wanted, long nowNanos) {
    boolean anyActive = false;
    for (int i = 0; i < layers.size(); i++) {
      anyActive |= layers.get(i).isActive(nowNanos);
    }
    boolean changed = false;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      OnDemand onDemand = layer.onDemand();
      boolean before = onDemand.isOn();
      boolean needed = isLowest(layer) || wanted.test(layer);
      onDemand.update(needed, layer.isActive(nowNanos), anyActive, settings, nowNanos);
      changed |= before != onDemand.isOn();
    }
    return changed;
  }

  private boolean isLowest(Layer layer) {
    for (int i = 0; i < layers.size(); i++) {
      if (layer.isBetterThan(layers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The encodings that the publisher is asked to send, in their order. */
  public List<String> rids() {
    List<String> rids = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.onDemand().isOn()) {
        rids.add(layer.rid());
      }
    }
    return rids;
  }
}

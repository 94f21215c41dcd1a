package dev.sluice.router.forward;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Up to which spatial and temporal layer of an encoding a subscriber is sent a video: as far as it
 * prefers and as was granted. Used on the worker's thread only.
 */
final class LayerLimits {
  private static final long LADDER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private LayerPreference preference = LayerPreference.NONE;
  private int preferredTemporal = VideoPacket.ALL_TEMPORAL_LAYERS;
  private @Nullable Rung granted;
  private boolean onlyBase;
  private List<Rung> ladder = List.of();
  private boolean ladderKnown;
  private long ladderChoices;
  private long ladderNanos;

  /** Sets what the subscriber would like; false when that is nothing new. */
  boolean prefer(LayerPreference preferred) {
    if (preferred.equals(preference)) {
      return false;
    }
    preference = preferred;
    ladderKnown = false;
    return true;
  }

  /** Sets what bandwidth allocation grants; null lifts its limits. */
  void grant(@Nullable Rung rung) {
    granted = rung;
  }

  /**
   * Allows the base temporal layer only, or all that are granted; false when that is nothing new.
   */
  boolean limitToBase(boolean only) {
    boolean isNew = only != onlyBase;
    onlyBase = only;
    return isNew;
  }

  /** The encodings are others than before. */
  void forgetLadder() {
    ladderKnown = false;
  }

  /**
   * The ladder of what the selector has the choice of. The same list for a tenth of a second,
   * unless an encoding comes or goes.
   */
  List<Rung> ladder(LayerSelector selector, long nowNanos) {
    long choices = selector.choiceBits(nowNanos);
    if (!ladderKnown || choices != ladderChoices || nowNanos - ladderNanos >= LADDER_NANOS) {
      ladder = Ladder.of(choices(selector, nowNanos), nowNanos);
      ladderKnown = true;
      ladderChoices = choices;
      ladderNanos = nowNanos;
    }
    return ladder;
  }

  private List<Ladder.Choice> choices(LayerSelector selector, long nowNanos) {
    List<Ladder.Choice> choices = new ArrayList<>();
    for (Layer layer : selector.choices(nowNanos)) {
      choices.add(new Ladder.Choice(layer, preferredSpatial(layer), preferredTemporal(layer)));
    }
    return choices;
  }

  /** The smallest spatial layer that covers the preferred size; the highest when none does. */
  private int preferredSpatial(Layer layer) {
    int top = layer.costs().topSpatialLayer();
    if (!preference.hasSize()) {
      return ScalabilitySelector.ALL_SPATIAL_LAYERS;
    }
    for (int spatial = 0; spatial < top; spatial++) {
      if (layer.width(spatial) >= preference.width()
          && layer.height(spatial) >= preference.height()) {
        return spatial;
      }
    }
    return ScalabilitySelector.ALL_SPATIAL_LAYERS;
  }

  private int preferredTemporal(Layer layer) {
    return preference.frameRate() == 0
        ? VideoPacket.ALL_TEMPORAL_LAYERS
        : layer.temporalLayerFor(preference.frameRate(), preferredTemporal);
  }

  /** Hands on the limits for the encoding that is forwarded, if any is. */
  void apply(@Nullable Layer layer, ScalabilitySelector scalability) {
    if (layer == null) {
      return;
    }
    preferredTemporal = preferredTemporal(layer);
    int spatial = preferredSpatial(layer);
    int temporal = preferredTemporal;
    Rung rung = granted;
    // Of a lower encoding, which is shown until the one granted comes, everything fits
    if (rung != null && rung.encoding() == layer.index()) {
      spatial = Math.min(spatial, rung.spatial());
      temporal = Math.min(temporal, rung.temporal());
    }
    scalability.want(spatial, onlyBase ? 0 : temporal);
  }
}

package dev.sluice.router.forward;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerCosts;
import dev.sluice.router.track.VideoPacket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ways to send a video, out of what is measured of its encodings: each with each of its spatial
 * and temporal layers, less what makes no sense. Used on the worker's thread only.
 */
final class Ladder {
  // More pixels are worth nothing as a slide show, as long as fewer of them move. Well below the
  // 7.5 pictures that half of a camera's 15 are, so that a rung does not come and go. Nothing is
  // known of it in the first moments, when the rungs between would be a guess.
  private static final double WATCHABLE_FRAME_RATE = 6;

  // As much as browsers give to an encoding with twice the width and height.
  private static final int UNMEASURED_FACTOR = 3;

  private final List<Rung> rungs = new ArrayList<>();

  /**
   * One encoding that is a choice.
   *
   * @param topSpatial the highest spatial layer that is preferred
   * @param topTemporal the highest temporal layer that is preferred
   */
  record Choice(Layer layer, int topSpatial, int topTemporal) {}

  private Ladder() {}

  /**
   * The rungs of these encodings, the cheapest first and each better than the one before.
   *
   * @param choices the lowest quality first
   */
  static List<Rung> of(List<Choice> choices, long nowNanos) {
    Ladder ladder = new Ladder();
    choices.forEach(choice -> ladder.add(choice, nowNanos));
    return ladder.sensible();
  }

  private void add(Choice choice, long nowNanos) {
    LayerCosts costs = choice.layer().costs();
    boolean flowing = choice.layer().isActive(nowNanos);
    long belowBps = rungs.isEmpty() ? 0 : rungs.getLast().costBps();
    boolean lowest = rungs.isEmpty();
    for (int spatial = 0;
        spatial <= Math.min(choice.topSpatial(), costs.topSpatialLayer());
        spatial++) {
      int top = Math.min(choice.topTemporal(), costs.topTemporalLayer());
      for (int temporal = 0; temporal <= top; temporal++) {
        boolean base = lowest && spatial == 0;
        if (base || temporal == top || isWatchable(choice.layer().frameRate(temporal))) {
          rungs.add(rung(choice.layer(), spatial, temporal, flowing, belowBps));
        }
      }
    }
  }

  private static boolean isWatchable(double frameRate) {
    return frameRate >= WATCHABLE_FRAME_RATE;
  }

  private static Rung rung(Layer layer, int spatial, int temporal, boolean flowing, long belowBps) {
    LayerCosts costs = layer.costs();
    long costBps = costs.costBps(spatial, temporal);
    long leastBps = costs.leastBps(spatial, temporal);
    if (costBps == 0) {
      costBps = belowBps * UNMEASURED_FACTOR;
      leastBps = costBps;
    } else if (costs.isBeginning() && belowBps > 0) {
      // Its first key frame may not even be there
      costBps = Math.max(costBps, belowBps * UNMEASURED_FACTOR);
    } else if (!flowing) {
      // What it took once must not push aside what is there now
      costBps = Math.max(costBps, belowBps + 1);
    }
    return new Rung(
        layer.index(),
        spatial,
        temporal == costs.topTemporalLayer() ? VideoPacket.ALL_TEMPORAL_LAYERS : temporal,
        layer.width(spatial),
        layer.height(spatial),
        layer.frameRate(temporal),
        costBps,
        leastBps,
        flowing);
  }

  /** Without those that cost no less than a better one. */
  private List<Rung> sensible() {
    List<Rung> kept = new ArrayList<>();
    long leastBps = Long.MAX_VALUE;
    for (Rung rung : rungs.reversed()) {
      if (rung.costBps() < leastBps) {
        leastBps = rung.costBps();
        kept.add(rung);
      }
    }
    Collections.reverse(kept);
    return List.copyOf(kept);
  }
}

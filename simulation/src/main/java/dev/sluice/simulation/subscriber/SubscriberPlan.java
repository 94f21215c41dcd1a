package dev.sluice.simulation.subscriber;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.VideoTerms;
import dev.sluice.testkit.network.PathConditions;
import dev.sluice.testkit.network.PathTrace;
import java.util.concurrent.TimeUnit;

/**
 * Who subscribes, over which path.
 *
 * @param id of the peer
 * @param downlink from the router
 * @param uplink of the feedback
 * @param terms how videos may be adapted
 * @param preference which layers it would like
 * @param redundancy whether it takes redundant sound
 * @param repeatedSound whether it asks for sound again, as Chromium does and Firefox doesn't
 * @param pictures whether it subscribes to video, too
 */
public record SubscriberPlan(
    String id,
    PathTrace downlink,
    PathTrace uplink,
    VideoTerms terms,
    LayerPreference preference,
    boolean redundancy,
    boolean repeatedSound,
    boolean pictures) {
  /** The delay of a path, each way, where nothing else is said. */
  public static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** A person whose downlink is like this. */
  public static SubscriberPlan person(String id, PathTrace downlink) {
    return new SubscriberPlan(
        id,
        downlink,
        PathTrace.constant(PathConditions.PERFECT.withDelay(DELAY_NANOS, 0)),
        VideoTerms.CAMERA,
        LayerPreference.NONE,
        false,
        true,
        true);
  }

  public SubscriberPlan withTerms(VideoTerms other) {
    return new SubscriberPlan(
        id, downlink, uplink, other, preference, redundancy, repeatedSound, pictures);
  }

  public SubscriberPlan withUplink(PathTrace other) {
    return new SubscriberPlan(
        id, downlink, other, terms, preference, redundancy, repeatedSound, pictures);
  }

  public SubscriberPlan withRedundancy() {
    return new SubscriberPlan(
        id, downlink, uplink, terms, preference, true, repeatedSound, pictures);
  }

  public SubscriberPlan withoutRepeatedSound() {
    return new SubscriberPlan(id, downlink, uplink, terms, preference, redundancy, false, pictures);
  }

  public SubscriberPlan withoutPictures() {
    return new SubscriberPlan(
        id, downlink, uplink, terms, preference, redundancy, repeatedSound, false);
  }
}

package dev.sluice.session.live;

import dev.sluice.session.VideoDimensions;
import dev.sluice.session.media.LayerPreference;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a subscriber changes of a subscription; empty values stay as they are.
 *
 * @param frameRate pictures a second, 1 to 240
 */
public record SubscriptionUpdate(
    Optional<Boolean> audio,
    Optional<Boolean> video,
    Optional<Boolean> visible,
    Preference<VideoDimensions> resolution,
    Preference<Integer> frameRate) {
  SubscriptionWish appliedTo(SubscriptionWish now) {
    LayerPreference layer = now.layer();
    return new SubscriptionWish(
        audio.orElse(now.audio()),
        video.orElse(now.video()),
        visible.orElse(now.visible()),
        new LayerPreference(
            resolution.appliedTo(layer.resolution()), appliedTo(layer.frameRate())));
  }

  private OptionalInt appliedTo(OptionalInt now) {
    Optional<Integer> boxed = now.isPresent() ? Optional.of(now.getAsInt()) : Optional.empty();
    return frameRate.appliedTo(boxed).stream().mapToInt(Integer::intValue).findFirst();
  }
}

package dev.sluice.session.live;

import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.VideoTerms;

/**
 * What a subscriber wants of a stream.
 *
 * @param visible whether its video can be seen now; one that can't is held back without being
 *     unwanted
 */
public record SubscriptionWish(
    boolean audio, boolean video, boolean visible, LayerPreference layer) {
  MediaChoice choice(VideoTerms terms) {
    return new MediaChoice(audio, video && visible, layer, terms);
  }
}

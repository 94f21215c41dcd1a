package dev.sluice.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.VideoQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouterRoomListenerTest {
  private final List<Object> told = new ArrayList<>();
  private final ConnectionId anna = new ConnectionId(new UUID(1, 1));
  private final StreamId stream = new StreamId(new UUID(2, 2));
  private final RouterRoomListener listener =
      new RouterRoomListener(new SessionId("2_a"), new Recorded());

  @Test
  void every_quality_goes_to_the_subscriber_in_the_words_of_the_domain() {
    for (dev.sluice.router.fallback.VideoQuality quality :
        dev.sluice.router.fallback.VideoQuality.values()) {
      listener.onVideoQuality(anna.toString(), "s1", quality);
    }
    assertThat(told)
        .containsExactly(
            List.of(anna, new SubscriptionId("s1"), VideoQuality.GOOD),
            List.of(anna, new SubscriptionId("s1"), VideoQuality.WARNING),
            List.of(anna, new SubscriptionId("s1"), VideoQuality.OFF));
  }

  @Test
  void who_speaks_and_what_is_wanted_of_a_stream_go_on_as_they_are() {
    listener.onActiveSpeaker(stream.toString());
    listener.onWantedLayers(anna.toString(), stream.toString(), List.of("q", "h"));

    assertThat(told).containsExactly(stream, List.of(stream, List.of("q", "h")));
  }

  private final class Recorded implements MediaListener {
    @Override
    public void onSubscribeOffer(ConnectionId connection, SubscribeOffer offer) {
      told.add(offer);
    }

    @Override
    public void onStreamInterrupted(StreamId stream) {
      told.add(stream);
    }

    @Override
    public void onStreamRestored(StreamId stream) {
      told.add(stream);
    }

    @Override
    public void onVideoQuality(
        ConnectionId connection, SubscriptionId subscription, VideoQuality quality) {
      told.add(List.of(connection, subscription, quality));
    }

    @Override
    public void onActiveSpeaker(StreamId stream) {
      told.add(stream);
    }

    @Override
    public void onWantedLayers(StreamId stream, List<String> rids) {
      told.add(List.of(stream, rids));
    }

    @Override
    public void onSubscriptionRefused(
        ConnectionId connection,
        SubscriptionId subscription,
        StreamId stream,
        MediaKind kind,
        String codec) {
      told.add(subscription);
    }
  }
}

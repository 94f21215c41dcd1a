package dev.sluice.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.room.MediaChoice;
import dev.sluice.router.room.OfferedTrack;
import dev.sluice.router.room.Room;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.media.VideoTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouterMediaRoomTest {
  private final List<MediaChoice> choices = new ArrayList<>();
  private final RouterMediaRoom room = new RouterMediaRoom(new Recorded());
  private final ConnectionId anna = new ConnectionId(new UUID(1, 1));
  private final SubscriptionId subscription = new SubscriptionId("s1");

  @Test
  void a_choice_reaches_the_router_with_its_terms_and_nobody_is_exempt() {
    room.subscribe(
        anna,
        subscription,
        new StreamId(new UUID(2, 2)),
        new dev.sluice.session.media.MediaChoice(
            true,
            true,
            new dev.sluice.session.media.LayerPreference(
                Optional.of(new VideoDimensions(640, 360)), OptionalInt.of(15)),
            new VideoTerms(true, false)));
    room.updateSubscription(
        anna,
        subscription,
        new dev.sluice.session.media.MediaChoice(
            false,
            false,
            dev.sluice.session.media.LayerPreference.NONE,
            new VideoTerms(false, true)));

    assertThat(choices)
        .containsExactly(
            new MediaChoice(
                true,
                true,
                new LayerPreference(640, 360, 15),
                new dev.sluice.router.live.VideoTerms(true, false, false)),
            new MediaChoice(
                false,
                false,
                new LayerPreference(0, 0, 0),
                new dev.sluice.router.live.VideoTerms(false, true, false)));
  }

  private final class Recorded implements Room {
    @Override
    public String publish(String peer, String sdp, List<OfferedTrack> tracks) {
      return "";
    }

    @Override
    public void unpublish(String peer, String streamId) {}

    @Override
    public void subscribe(String peer, String subscriptionId, String streamId, MediaChoice choice) {
      choices.add(choice);
    }

    @Override
    public void updateSubscription(String peer, String subscriptionId, MediaChoice choice) {
      choices.add(choice);
    }

    @Override
    public void unsubscribe(String peer, String subscriptionId) {}

    @Override
    public void answer(String peer, int revision, String sdp) {}

    @Override
    public void restartSubscribe(String peer, boolean renew) {}

    @Override
    public RoomSnapshot snapshot() {
      return new RoomSnapshot("", List.of());
    }

    @Override
    public void remove(String peer) {}

    @Override
    public void close() {}
  }
}

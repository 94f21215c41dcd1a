package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionError.PermissionDenied;
import dev.sluice.session.SessionError.StreamNotFound;
import dev.sluice.session.SessionError.SubscriptionNotFound;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.SessionEvent.SubscribeOffered;
import dev.sluice.session.media.FakeMediaRoom;
import dev.sluice.session.media.FakeMediaRoom.Wanted;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.SubscribedTrack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscribingTest {
  private final House house = new House();
  private final Guest anna = house.join();
  private final Guest ben = house.join();
  private final StreamId stream = anna.publishCamera();

  SubscribingTest() throws Exception {
    anna.told();
    ben.told();
  }

  @Test
  void a_subscription_reaches_the_media_and_its_offer_comes_back_as_an_event() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, true, false);

    assertThat(room().subscriptions())
        .isEqualTo(Map.of(id, new Wanted(ben.id(), stream, true, false)));
    assertThat(ben.told())
        .containsExactly(
            new SubscribeOffered(
                new SubscribeOffer(
                    1, "offer 1", List.of(new SubscribedTrack("0", MediaKind.VIDEO, id, stream)))));
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void the_answer_goes_to_the_media_which_refuse_a_stale_one() throws Exception {
    ben.participant().subscribe(stream, true, true);

    ben.participant().answerSubscribe(1, "answer");

    assertRefused(
        new SessionError.StaleRevision(1), () -> ben.participant().answerSubscribe(1, "answer"));
  }

  @Test
  void ones_own_stream_may_be_subscribed_and_more_than_once() throws Exception {
    SubscriptionId first = anna.participant().subscribe(stream, true, true);
    SubscriptionId second = anna.participant().subscribe(stream, true, true);

    assertThat(room().subscriptions()).containsOnlyKeys(first, second);
  }

  @Test
  void a_stream_that_is_not_published_cannot_be_subscribed() throws Exception {
    StreamId reserved = anna.participant().publish(Guest.CAMERA);

    assertRefused(new StreamNotFound(), () -> ben.participant().subscribe(reserved, true, true));
    assertRefused(
        new StreamNotFound(),
        () -> ben.participant().subscribe(new StreamId(new UUID(9, 9)), true, true));
    assertThat(house.media.breaches()).isEmpty();
  }

  @Test
  void a_role_that_only_publishes_may_not_subscribe() throws Exception {
    Guest carla = house.join(Role.PUBLISHER_ONLY);

    assertRefused(
        new PermissionDenied("subscribe"), () -> carla.participant().subscribe(stream, true, true));
  }

  @Test
  void the_limit_counts_subscriptions_that_are_there_now() throws Exception {
    House small = new House(new SessionLimits(5, 5, 2));
    Guest carla = small.join();
    StreamId camera = carla.publishCamera();
    carla.participant().subscribe(camera, true, true);
    SubscriptionId second = carla.participant().subscribe(camera, true, true);

    assertRefused(
        new SessionError.LimitReached(Limit.SUBSCRIPTIONS, 2),
        () -> carla.participant().subscribe(camera, true, true));

    carla.participant().unsubscribe(second);
    assertThat(carla.participant().subscribe(camera, true, true)).isNotEqualTo(second);
  }

  @Test
  void an_update_changes_only_what_it_names() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, true, true);

    ben.participant().updateSubscription(id, Optional.empty(), Optional.of(false));
    assertThat(room().subscriptions().values())
        .containsExactly(new Wanted(ben.id(), stream, true, false));

    ben.participant().updateSubscription(id, Optional.of(false), Optional.empty());
    assertThat(room().subscriptions().values())
        .containsExactly(new Wanted(ben.id(), stream, false, false));
  }

  @Test
  void a_subscription_belongs_to_its_connection_alone() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, true, true);

    assertRefused(new SubscriptionNotFound(), () -> anna.participant().unsubscribe(id));
    assertRefused(
        new SubscriptionNotFound(),
        () -> anna.participant().updateSubscription(id, Optional.of(false), Optional.empty()));
    assertThat(room().subscriptions()).containsOnlyKeys(id);
  }

  @Test
  void an_ended_subscription_is_gone() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, true, true);

    ben.participant().unsubscribe(id);

    assertThat(room().subscriptions()).isEmpty();
    assertRefused(new SubscriptionNotFound(), () -> ben.participant().unsubscribe(id));
  }

  @Test
  void when_a_stream_ends_its_subscriptions_end_with_it() throws Exception {
    SubscriptionId bens = ben.participant().subscribe(stream, true, true);
    SubscriptionId annas = anna.participant().subscribe(stream, true, true);

    anna.participant().unpublish(stream);

    assertThat(room().subscriptions()).isEmpty();
    assertRefused(new SubscriptionNotFound(), () -> ben.participant().unsubscribe(bens));
    assertRefused(new SubscriptionNotFound(), () -> anna.participant().unsubscribe(annas));
  }

  @Test
  void when_a_publisher_leaves_subscriptions_to_it_end() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, true, true);

    anna.participant().leave(LeaveReason.NETWORK_DISCONNECTED);

    assertRefused(new SubscriptionNotFound(), () -> ben.participant().unsubscribe(id));
  }

  @Test
  void an_offer_for_a_connection_that_left_meanwhile_is_dropped() throws Exception {
    FakeMediaRoom room = room();
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    anna.told();

    room.offer(ben.id());

    assertThat(ben.told()).isEmpty();
    assertThat(anna.told()).isEmpty();
  }

  private FakeMediaRoom room() {
    return house.media.room(House.SESSION).orElseThrow();
  }
}

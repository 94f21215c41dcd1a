package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.MediaMode;
import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionError.PermissionDenied;
import dev.sluice.session.SessionError.StreamNotFound;
import dev.sluice.session.SessionError.SubscriptionNotFound;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.VideoType;
import dev.sluice.session.live.SessionEvent.SubscribeOffered;
import dev.sluice.session.media.FakeMediaRoom;
import dev.sluice.session.media.FakeMediaRoom.Wanted;
import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.SubscribedTrack;
import dev.sluice.session.media.VideoTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscribingTest {
  private static final VideoTerms CAMERA = new VideoTerms(true, false);

  private final House house = new House();
  private final Guest anna = house.join();
  private final Guest ben = house.join();
  private final StreamId stream = anna.publishCamera();
  private boolean visibleToBen = true;

  SubscribingTest() throws Exception {
    anna.told();
    ben.told();
  }

  @Test
  void a_subscription_reaches_the_media_and_its_offer_comes_back_as_an_event() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.media(true, false));

    assertThat(room().subscriptions())
        .isEqualTo(
            Map.of(id, new Wanted(ben.id(), stream, Guest.chosen(Guest.media(true, false)))));
    assertThat(ben.told())
        .containsExactly(
            new SubscribeOffered(
                new SubscribeOffer(
                    1,
                    1,
                    "offer 1",
                    List.of(new SubscribedTrack("0", MediaKind.VIDEO, id, stream)))));
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void the_answer_goes_to_the_media_which_refuse_a_stale_one() throws Exception {
    ben.participant().subscribe(stream, Guest.BOTH);

    ben.participant().answerSubscribe(1, "answer");

    assertRefused(
        new SessionError.StaleRevision(1), () -> ben.participant().answerSubscribe(1, "answer"));
  }

  @Test
  void ones_own_stream_may_be_subscribed_and_more_than_once() throws Exception {
    SubscriptionId first = anna.participant().subscribe(stream, Guest.BOTH);
    SubscriptionId second = anna.participant().subscribe(stream, Guest.BOTH);

    assertThat(room().subscriptions()).containsOnlyKeys(first, second);
  }

  @Test
  void a_stream_that_is_not_published_cannot_be_subscribed() throws Exception {
    StreamId reserved = anna.participant().publish(Guest.CAMERA);

    assertRefused(new StreamNotFound(), () -> ben.participant().subscribe(reserved, Guest.BOTH));
    assertRefused(
        new StreamNotFound(),
        () -> ben.participant().subscribe(new StreamId(new UUID(9, 9)), Guest.BOTH));
    assertThat(house.media.breaches()).isEmpty();
  }

  @Test
  void a_role_that_only_publishes_may_not_subscribe() throws Exception {
    Guest carla = house.join(Role.PUBLISHER_ONLY);

    assertRefused(
        new PermissionDenied("subscribe"), () -> carla.participant().subscribe(stream, Guest.BOTH));
  }

  @Test
  void the_limit_counts_subscriptions_that_are_there_now() throws Exception {
    House small = new House(new SessionLimits(5, 5, 2));
    Guest carla = small.join();
    StreamId camera = carla.publishCamera();
    carla.participant().subscribe(camera, Guest.BOTH);
    SubscriptionId second = carla.participant().subscribe(camera, Guest.BOTH);

    assertRefused(
        new SessionError.LimitReached(Limit.SUBSCRIPTIONS, 2),
        () -> carla.participant().subscribe(camera, Guest.BOTH));

    carla.participant().unsubscribe(second);
    assertThat(carla.participant().subscribe(camera, Guest.BOTH)).isNotEqualTo(second);
  }

  @Test
  void an_update_changes_only_what_it_names() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    ben.participant().updateSubscription(id, Guest.change(Optional.empty(), Optional.of(false)));
    assertThat(room().subscriptions().values())
        .containsExactly(new Wanted(ben.id(), stream, Guest.chosen(Guest.media(true, false))));

    ben.participant().updateSubscription(id, Guest.change(Optional.of(false), Optional.empty()));
    assertThat(room().subscriptions().values())
        .containsExactly(new Wanted(ben.id(), stream, Guest.chosen(Guest.media(false, false))));
  }

  @Test
  void a_preferred_layer_stays_until_it_is_changed_or_taken_back() throws Exception {
    LayerPreference small =
        new LayerPreference(Optional.of(new VideoDimensions(320, 180)), OptionalInt.of(15));
    SubscriptionId id =
        ben.participant().subscribe(stream, new SubscriptionWish(true, true, true, small));
    assertThat(wanted()).isEqualTo(new MediaChoice(true, true, small, CAMERA));

    ben.participant().updateSubscription(id, Guest.change(Optional.of(false), Optional.empty()));
    assertThat(wanted()).isEqualTo(new MediaChoice(false, true, small, CAMERA));

    update(id, new Preference.Wanted<>(new VideoDimensions(640, 360)), new Preference.None<>());
    assertThat(wanted().layer())
        .isEqualTo(
            new LayerPreference(Optional.of(new VideoDimensions(640, 360)), OptionalInt.empty()));

    update(id, new Preference.None<>(), new Preference.Wanted<>(5));
    assertThat(wanted().layer())
        .isEqualTo(new LayerPreference(Optional.empty(), OptionalInt.of(5)));
  }

  @Test
  void a_video_that_cannot_be_seen_is_not_sent_and_still_wanted() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    ben.participant().updateSubscription(id, Guest.visible(false));
    assertThat(wanted().video()).isFalse();

    ben.participant().updateSubscription(id, Guest.change(Optional.empty(), Optional.of(false)));
    ben.participant().updateSubscription(id, Guest.visible(true));
    assertThat(wanted().video()).as("visible again, but no longer wanted").isFalse();

    ben.participant().updateSubscription(id, Guest.change(Optional.empty(), Optional.of(true)));
    assertThat(wanted().video()).isTrue();
  }

  @Test
  void an_update_that_changes_nothing_that_is_sent_does_not_reach_the_media() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.media(true, false));

    for (int i = 0; i < 100; i++) {
      ben.participant().updateSubscription(id, Guest.visible(i % 2 == 0));
      ben.participant().updateSubscription(id, Guest.change(Optional.of(true), Optional.empty()));
    }

    assertThat(room().updates()).isZero();
  }

  @Test
  void changes_without_end_are_carried_out_together_and_the_last_one_holds() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    toggle(id, 101);
    assertThat(room().updates()).isEqualTo(ChangePace.AT_ONCE);
    assertThat(wanted().video()).isTrue();

    house.later();
    assertThat(room().updates()).isEqualTo(ChangePace.AT_ONCE + 1);
    assertThat(wanted().video()).isFalse();

    for (int window = 0; window < 10; window++) {
      toggle(id, 99);
      house.later();
    }
    assertThat(room().updates())
        .as("who goes on changes one thing a window")
        .isEqualTo(ChangePace.AT_ONCE + 11);

    house.later();
    int before = room().updates();
    toggle(id, ChangePace.AT_ONCE);
    assertThat(room().updates())
        .as("after a pause as at first")
        .isEqualTo(before + ChangePace.AT_ONCE);
  }

  @Test
  void changes_back_and_forth_that_end_where_they_began_are_not_caught_up_with() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    toggle(id, ChangePace.AT_ONCE + 10);
    house.later();

    assertThat(room().updates()).isEqualTo(ChangePace.AT_ONCE);
  }

  @Test
  void what_waits_for_somebody_who_has_left_or_unsubscribed_is_forgotten() throws Exception {
    SubscriptionId bens = ben.participant().subscribe(stream, Guest.BOTH);
    SubscriptionId annas = anna.participant().subscribe(stream, Guest.BOTH);
    FakeMediaRoom room = room();
    toggle(bens, ChangePace.AT_ONCE + 1);
    for (int i = 0; i <= ChangePace.AT_ONCE; i++) {
      anna.participant().updateSubscription(annas, Guest.visible(i % 2 != 0));
    }
    int before = room.updates();

    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    anna.participant().unsubscribe(annas);
    house.later();

    assertThat(room.updates()).isEqualTo(before);
    assertThat(house.media.breaches()).isEmpty();
  }

  /** Changes whether ben's video is visible, so many times. */
  private void toggle(SubscriptionId id, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      visibleToBen = !visibleToBen;
      ben.participant().updateSubscription(id, Guest.visible(visibleToBen));
    }
  }

  @Test
  void a_camera_may_fall_back_and_anything_else_only_if_its_publisher_says_so() throws Exception {
    assertThat(termsOf(Optional.of(VideoType.CAMERA), Optional.empty()))
        .isEqualTo(new VideoTerms(true, false));
    assertThat(termsOf(Optional.of(VideoType.CAMERA), Optional.of(false)))
        .isEqualTo(new VideoTerms(false, false));
    assertThat(termsOf(Optional.of(VideoType.SCREEN), Optional.empty()))
        .isEqualTo(new VideoTerms(false, true));
    assertThat(termsOf(Optional.of(VideoType.SCREEN), Optional.of(true)))
        .isEqualTo(new VideoTerms(true, true));
    assertThat(termsOf(Optional.of(VideoType.CUSTOM), Optional.empty()))
        .isEqualTo(new VideoTerms(false, false));
    assertThat(termsOf(Optional.empty(), Optional.empty())).isEqualTo(new VideoTerms(false, false));
  }

  private VideoTerms termsOf(Optional<VideoType> type, Optional<Boolean> audioFallback)
      throws Exception {
    StreamId published = anna.participant().publish(described(type, audioFallback));
    anna.negotiate(published);
    ben.participant().subscribe(published, Guest.BOTH);
    VideoTerms terms = wanted().terms();
    anna.participant().unpublish(published);
    return terms;
  }

  private static StreamDescription described(
      Optional<VideoType> type, Optional<Boolean> audioFallback) {
    return new StreamDescription(
        "",
        Optional.empty(),
        type,
        true,
        true,
        VideoDimensions.NONE,
        OptionalInt.empty(),
        audioFallback);
  }

  @Test
  void in_a_relayed_session_nothing_falls_back() throws Exception {
    SessionId relayed = new SessionId("2_relayed");
    house.addSession(relayed, MediaMode.RELAYED);
    Guest carla = house.join(relayed, Role.PUBLISHER);
    StreamId published =
        carla.participant().publish(described(Optional.of(VideoType.CAMERA), Optional.of(true)));
    carla.negotiate(published);

    carla.participant().subscribe(published, Guest.BOTH);

    assertThat(house.media.room(relayed).orElseThrow().subscriptions().values())
        .extracting(each -> each.choice().terms())
        .containsExactly(new VideoTerms(false, false));
  }

  @Test
  void a_subscription_belongs_to_its_connection_alone() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    assertRefused(new SubscriptionNotFound(), () -> anna.participant().unsubscribe(id));
    assertRefused(
        new SubscriptionNotFound(),
        () ->
            anna.participant()
                .updateSubscription(id, Guest.change(Optional.of(false), Optional.empty())));
    assertThat(room().subscriptions()).containsOnlyKeys(id);
  }

  @Test
  void an_ended_subscription_is_gone() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

    ben.participant().unsubscribe(id);

    assertThat(room().subscriptions()).isEmpty();
    assertRefused(new SubscriptionNotFound(), () -> ben.participant().unsubscribe(id));
  }

  @Test
  void when_a_stream_ends_its_subscriptions_end_with_it() throws Exception {
    SubscriptionId bens = ben.participant().subscribe(stream, Guest.BOTH);
    SubscriptionId annas = anna.participant().subscribe(stream, Guest.BOTH);

    anna.participant().unpublish(stream);

    assertThat(room().subscriptions()).isEmpty();
    assertRefused(new SubscriptionNotFound(), () -> ben.participant().unsubscribe(bens));
    assertRefused(new SubscriptionNotFound(), () -> anna.participant().unsubscribe(annas));
  }

  @Test
  void when_a_publisher_leaves_subscriptions_to_it_end() throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);

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

  private void update(
      SubscriptionId id, Preference<VideoDimensions> resolution, Preference<Integer> frameRate)
      throws Exception {
    ben.participant()
        .updateSubscription(
            id,
            new SubscriptionUpdate(
                Optional.empty(), Optional.empty(), Optional.empty(), resolution, frameRate));
  }

  private MediaChoice wanted() {
    return room().subscriptions().values().iterator().next().choice();
  }

  private FakeMediaRoom room() {
    return house.media.room(House.SESSION).orElseThrow();
  }
}

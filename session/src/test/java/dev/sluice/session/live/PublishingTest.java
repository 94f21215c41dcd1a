package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionError.PermissionDenied;
import dev.sluice.session.SessionError.StreamNotFound;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.live.SessionEvent.Change;
import dev.sluice.session.live.SessionEvent.StreamChanged;
import dev.sluice.session.live.SessionEvent.StreamCreated;
import dev.sluice.session.live.SessionEvent.StreamDestroyed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishingTest {
  private static final StreamUpdate MUTED =
      new StreamUpdate(Optional.of(false), Optional.empty(), Optional.empty(), false);

  private final House house = new House();
  private final Guest anna;
  private final Guest ben;

  PublishingTest() throws Exception {
    anna = house.join();
    ben = house.join();
  }

  @BeforeEach
  void forgetTheJoining() {
    anna.told();
    ben.told();
  }

  @Test
  void a_reserved_stream_is_seen_by_nobody() throws Exception {
    anna.participant().publish(Guest.CAMERA);

    assertThat(ben.told()).isEmpty();
    assertThat(house.join().participant().streamsAtJoin()).isEmpty();
    assertThat(house.live.streams(House.APPLICATION, House.SESSION)).isEmpty();
  }

  @Test
  void the_first_negotiation_that_names_a_stream_announces_it_to_the_others() throws Exception {
    StreamId id = anna.participant().publish(Guest.CAMERA);
    house.now(House.START.plusSeconds(3));

    assertThat(anna.negotiate(id)).isEqualTo("answer to offer");

    Stream stream =
        new Stream(id, anna.id(), Guest.CAMERA, List.of("full"), House.START.plusSeconds(3));
    assertThat(ben.told()).containsExactly(new StreamCreated(stream));
    assertThat(anna.told()).isEmpty();
    assertThat(house.join().participant().streamsAtJoin()).containsExactly(stream);
  }

  @Test
  void a_stream_with_two_tracks_is_announced_once_however_often_it_is_negotiated()
      throws Exception {
    StreamId id = anna.participant().publish(Guest.CAMERA);
    anna.negotiate(id, id);
    anna.negotiate(id, id);

    assertThat(ben.told()).hasSize(1);
  }

  @Test
  void a_refused_offer_announces_nothing_and_can_be_made_again() throws Exception {
    StreamId id = anna.participant().publish(Guest.CAMERA);

    assertRefused(
        new SessionError.InvalidSdp("the offer is broken"),
        () -> anna.participant().negotiatePublish(Guest.offer("broken", id)));
    assertThat(ben.told()).isEmpty();

    anna.negotiate(id);
    assertThat(ben.told()).hasSize(1);
  }

  @Test
  void an_offer_with_a_stream_of_somebody_else_never_reaches_the_media() throws Exception {
    StreamId bens = ben.publishCamera();
    StreamId annas = anna.participant().publish(Guest.CAMERA);

    assertRefused(new StreamNotFound(), () -> anna.negotiate(annas, bens));
    assertRefused(new StreamNotFound(), () -> anna.negotiate(new StreamId(new UUID(9, 9))));
    assertThat(house.media.room(House.SESSION).orElseThrow().streams()).containsOnlyKeys(bens);
  }

  @Test
  void a_subscriber_may_neither_reserve_nor_negotiate() throws Exception {
    Guest listener = house.join(Role.SUBSCRIBER);

    assertRefused(
        new PermissionDenied("publish"), () -> listener.participant().publish(Guest.CAMERA));
    assertRefused(new PermissionDenied("publish"), listener::negotiate);
  }

  @Test
  void reserved_and_published_streams_count_for_the_limit_until_they_end() throws Exception {
    House small = new House(new SessionLimits(5, 2, 5));
    Guest carla = small.join();
    StreamId first = carla.publishCamera();
    carla.participant().publish(Guest.CAMERA);

    assertRefused(
        new SessionError.LimitReached(Limit.STREAMS, 2),
        () -> carla.participant().publish(Guest.CAMERA));

    carla.participant().unpublish(first);
    assertThat(carla.publishCamera()).isNotEqualTo(first);
  }

  @Test
  void unpublishing_ends_the_stream_for_the_others_and_in_the_media() throws Exception {
    StreamId id = anna.publishCamera();
    ben.told();

    anna.participant().unpublish(id);

    assertThat(ben.told())
        .containsExactly(new StreamDestroyed(id, LeaveReason.CLIENT_DISCONNECTED));
    assertThat(anna.told()).isEmpty();
    assertThat(house.media.room(House.SESSION).orElseThrow().streams()).isEmpty();
    assertRefused(new StreamNotFound(), () -> anna.participant().unpublish(id));
    assertRefused(new StreamNotFound(), () -> anna.negotiate(id));
  }

  @Test
  void a_reserved_stream_is_given_up_without_a_word() throws Exception {
    StreamId id = anna.participant().publish(Guest.CAMERA);

    anna.participant().unpublish(id);

    assertThat(ben.told()).isEmpty();
    assertRefused(new StreamNotFound(), () -> anna.negotiate(id));
  }

  @Test
  void nobody_ends_or_changes_a_stream_of_somebody_else() throws Exception {
    StreamId id = anna.publishCamera();

    assertRefused(new StreamNotFound(), () -> ben.participant().unpublish(id));
    assertRefused(new StreamNotFound(), () -> ben.participant().updateStream(id, MUTED));
    assertThat(house.live.stream(House.APPLICATION, House.SESSION, id).description())
        .isEqualTo(Guest.CAMERA);
  }

  @Test
  void everyone_is_told_of_each_property_that_really_changed_the_publisher_too() throws Exception {
    StreamId id = anna.publishCamera();
    ben.told();
    VideoDimensions turned = new VideoDimensions(480, 640);

    anna.participant()
        .updateStream(
            id,
            new StreamUpdate(Optional.of(false), Optional.of(true), Optional.of(turned), false));

    List<SessionEvent> changes =
        List.of(
            new StreamChanged(id, new Change.HasAudio(true, false)),
            new StreamChanged(id, new Change.Dimensions(Guest.CAMERA.videoDimensions(), turned)));
    assertThat(anna.told()).isEqualTo(changes);
    assertThat(ben.told()).isEqualTo(changes);
    assertThat(house.join().participant().streamsAtJoin().getFirst().description())
        .satisfies(
            now -> {
              assertThat(now.hasAudio()).isFalse();
              assertThat(now.videoDimensions()).isEqualTo(turned);
              assertThat(now.name()).isEqualTo("camera");
            });
  }

  @Test
  void that_a_video_went_for_the_publishers_network_is_told_with_that_change_alone()
      throws Exception {
    StreamId id = anna.publishCamera();
    ben.told();

    anna.participant()
        .updateStream(
            id, new StreamUpdate(Optional.of(false), Optional.of(false), Optional.empty(), true));

    assertThat(ben.told())
        .containsExactly(
            new StreamChanged(id, new Change.HasAudio(true, false)),
            new StreamChanged(id, new Change.HasVideo(true, false, true)));
  }

  @Test
  void an_update_that_changes_nothing_is_told_to_nobody() throws Exception {
    StreamId id = anna.publishCamera();
    anna.participant().updateStream(id, MUTED);
    anna.told();
    ben.told();

    anna.participant().updateStream(id, MUTED);

    assertThat(anna.told()).isEmpty();
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void a_change_before_the_first_negotiation_is_part_of_the_announcement() throws Exception {
    StreamId id = anna.participant().publish(Guest.CAMERA);

    anna.participant()
        .updateStream(
            id, new StreamUpdate(Optional.empty(), Optional.of(false), Optional.empty(), false));
    anna.negotiate(id);

    assertThat(anna.told()).isEmpty();
    assertThat(ben.told())
        .singleElement()
        .isInstanceOfSatisfying(
            StreamCreated.class,
            created -> assertThat(created.stream().description().hasVideo()).isFalse());
  }
}

package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.SessionError;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.SessionEvent.ActiveSpeakerChanged;
import dev.sluice.session.live.SessionEvent.StreamInterrupted;
import dev.sluice.session.live.SessionEvent.StreamRestored;
import dev.sluice.session.live.SessionEvent.SubscribeOffered;
import dev.sluice.session.live.SessionEvent.SubscriptionRefused;
import dev.sluice.session.live.SessionEvent.VideoQualityChanged;
import dev.sluice.session.live.SessionEvent.WantedLayersChanged;
import dev.sluice.session.media.FakeMediaPlane.Call;
import dev.sluice.session.media.FakeMediaRoom;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.VideoCodec;
import dev.sluice.session.media.VideoQuality;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MediaReportsTest {
  private final House house = new House();
  private final Guest anna = house.join();
  private final Guest ben = house.join();
  private final StreamId stream = anna.publishCamera();

  MediaReportsTest() throws Exception {
    anna.told();
    ben.told();
  }

  @Test
  void an_interrupted_stream_is_told_to_the_others_once_and_its_return_too() {
    room().interrupt(stream);
    room().interrupt(stream);
    assertThat(ben.told()).containsExactly(new StreamInterrupted(stream));

    room().restore(stream);
    room().restore(stream);
    assertThat(ben.told()).containsExactly(new StreamRestored(stream));
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void who_comes_later_is_told_what_is_interrupted() throws Exception {
    room().interrupt(stream);

    assertThat(house.join().told()).containsExactly(new StreamInterrupted(stream));

    anna.participant().unpublish(stream);
    assertThat(house.join().told()).isEmpty();
  }

  @Test
  void a_report_of_a_stream_that_has_ended_is_dropped() throws Exception {
    FakeMediaRoom room = room();
    anna.participant().unpublish(stream);
    ben.told();

    room.interrupt(stream);
    room.restore(stream);
    assertThat(ben.told()).isEmpty();

    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    room.interrupt(stream);
    assertThat(house.media.openRooms()).isZero();
  }

  @Test
  void the_quality_of_a_video_is_told_to_its_subscriber_while_the_subscription_is_there()
      throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);
    ben.told();

    room().judge(ben.id(), id, VideoQuality.WARNING);
    room().judge(ben.id(), id, VideoQuality.OFF);
    assertThat(ben.told())
        .containsExactly(
            new VideoQualityChanged(id, VideoQuality.WARNING),
            new VideoQualityChanged(id, VideoQuality.OFF));
    room().judge(anna.id(), id, VideoQuality.GOOD);
    assertThat(anna.told()).as("another one's subscription").isEmpty();

    FakeMediaRoom room = room();
    anna.participant().unpublish(stream);
    ben.told();
    room.judge(ben.id(), id, VideoQuality.GOOD);
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void who_speaks_is_told_to_everyone_once_and_to_who_comes_later() throws Exception {
    StreamId bens = ben.publishCamera();
    anna.told();

    room().speak(stream);
    room().speak(stream);
    assertThat(anna.told()).containsExactly(new ActiveSpeakerChanged(stream));
    assertThat(ben.told()).containsExactly(new ActiveSpeakerChanged(stream));

    room().speak(bens);
    assertThat(anna.told()).containsExactly(new ActiveSpeakerChanged(bens));
    assertThat(house.join().told()).containsExactly(new ActiveSpeakerChanged(bens));

    ben.participant().unpublish(bens);
    assertThat(house.join().told()).as("the speaker's stream has ended").isEmpty();

    anna.told();
    room().speak(bens);
    assertThat(anna.told()).as("a report of a stream that has ended").isEmpty();
    room().speak(stream);
    assertThat(anna.told()).containsExactly(new ActiveSpeakerChanged(stream));
  }

  @Test
  void the_layers_that_are_wanted_are_told_to_their_publisher_alone() throws Exception {
    room().want(stream, List.of("q", "h"));

    assertThat(anna.told()).containsExactly(new WantedLayersChanged(stream, List.of("q", "h")));
    assertThat(ben.told()).isEmpty();

    FakeMediaRoom room = room();
    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    ben.told();
    room.want(stream, List.of("q"));
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void a_refused_medium_is_told_to_its_subscriber_while_the_subscription_is_there()
      throws Exception {
    SubscriptionId id = ben.participant().subscribe(stream, Guest.BOTH);
    ben.told();

    room().refuse(ben.id(), id, stream);
    assertThat(ben.told())
        .containsExactly(new SubscriptionRefused(id, stream, MediaKind.VIDEO, "AV1"));

    ben.participant().unsubscribe(id);
    ben.told();
    room().refuse(ben.id(), id, stream);
    assertThat(ben.told()).isEmpty();
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void a_restart_brings_an_offer_and_a_renewal_one_for_the_next_peer_connection() throws Exception {
    ben.participant().restartSubscribe(false);
    assertThat(ben.told()).as("who never subscribed has nothing to restart").isEmpty();

    ben.participant().subscribe(stream, Guest.BOTH);
    ben.participant().answerSubscribe(1, "answer");
    ben.told();
    ben.participant().restartSubscribe(false);
    assertThat(offered()).isEqualTo(1);

    ben.participant().answerSubscribe(2, "answer");
    ben.participant().restartSubscribe(true);
    assertThat(offered()).isEqualTo(2);

    house.media.fail(Call.RESTART_SUBSCRIBE);
    assertThatExceptionOfType(MediaFaultException.class)
        .isThrownBy(() -> ben.participant().restartSubscribe(false));
  }

  @Test
  void the_applications_server_sees_what_the_media_have_carried() throws Exception {
    SessionMedia media = house.live.media(House.APPLICATION, House.SESSION);

    assertThat(media.statistics().transports())
        .singleElement()
        .satisfies(transport -> assertThat(transport.connection()).isEqualTo(anna.id()));
    assertThat(media.streams()).extracting(each -> each.id()).containsExactly(stream);

    assertRefused(
        new SessionError.SessionNotFound(),
        () -> house.live.media(new ApplicationId(new UUID(8, 8)), House.SESSION));
    house.media.fail(Call.STATISTICS);
    assertThatExceptionOfType(MediaFaultException.class)
        .isThrownBy(() -> house.live.media(House.APPLICATION, House.SESSION));
  }

  @Test
  void a_session_that_nobody_is_in_has_carried_nothing() throws Exception {
    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);

    assertThat(house.live.media(House.APPLICATION, House.SESSION)).isEqualTo(SessionMedia.NONE);
  }

  @Test
  void every_session_has_the_codecs_of_the_media_plane() {
    assertThat(house.live.videoCodecs()).containsExactly(VideoCodec.VP8, VideoCodec.H264);
  }

  private int offered() {
    return ((SubscribeOffered) ben.told().getLast()).offer().peer();
  }

  private FakeMediaRoom room() {
    return house.media.room(House.SESSION).orElseThrow();
  }
}

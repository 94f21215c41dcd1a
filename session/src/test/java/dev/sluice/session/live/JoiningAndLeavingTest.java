package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Connection;
import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.StreamId;
import dev.sluice.session.live.SessionEvent.ConnectionCreated;
import dev.sluice.session.live.SessionEvent.ConnectionDestroyed;
import dev.sluice.session.live.SessionEvent.Disconnected;
import dev.sluice.session.live.SessionEvent.StreamDestroyed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JoiningAndLeavingTest {
  private final House house = new House();

  @Test
  void a_participant_gets_a_connection_made_from_its_token() throws Exception {
    Connection connection = house.join(Role.MODERATOR).participant().connection();

    assertThat(connection)
        .isEqualTo(new Connection(connection.id(), Role.MODERATOR, "name=guest", House.START));
  }

  @Test
  void who_joins_finds_the_connections_and_streams_that_are_there_oldest_first() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    StreamId bens = ben.publishCamera();
    StreamId annas = anna.publishCamera();

    Guest carla = house.join();

    assertThat(carla.participant().othersAtJoin())
        .containsExactly(anna.participant().connection(), ben.participant().connection());
    assertThat(carla.participant().streamsAtJoin())
        .extracting(stream -> stream.id())
        .containsExactly(bens, annas);
  }

  @Test
  void the_others_are_told_of_who_joins_and_the_one_who_joins_is_not() throws Exception {
    Guest anna = house.join();

    Guest ben = house.join();

    assertThat(anna.told()).containsExactly(new ConnectionCreated(ben.participant().connection()));
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void a_session_of_another_application_is_as_unknown_as_one_that_does_not_exist() {
    ClientToken right = House.token(House.SESSION, Role.PUBLISHER);
    ClientToken foreign =
        new ClientToken(
            new ApplicationId(new UUID(6, 6)),
            House.SESSION,
            right.role(),
            right.data(),
            right.layoutClasses(),
            right.expiresAt());

    assertRefused(
        new SessionError.SessionNotFound(), () -> house.live.join(foreign, new RecordedEvents()));
    assertRefused(
        new SessionError.SessionNotFound(),
        () -> house.join(new SessionId("2_no"), Role.PUBLISHER));
    assertThat(house.media.opened()).isZero();
  }

  @Test
  void a_full_session_takes_nobody_until_somebody_leaves() throws Exception {
    House small = new House(new SessionLimits(2, 1, 1));
    Guest anna = small.join();
    Guest ben = small.join();

    assertRefused(new SessionError.LimitReached(Limit.CONNECTIONS, 2), small::join);
    assertThat(anna.told()).hasSize(1);

    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    assertThat(small.join().participant().othersAtJoin()).hasSize(1);
  }

  @Test
  void a_participant_stays_when_its_token_expires() throws Exception {
    Guest anna = house.join();

    house.now(House.START.plus(Duration.ofDays(2)));

    assertThat(anna.publishCamera()).isNotNull();
  }

  @Test
  void who_leaves_takes_its_streams_along_for_the_same_reason() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    StreamId stream = ben.publishCamera();
    anna.told();
    ben.told();

    ben.participant().leave(LeaveReason.NETWORK_DISCONNECTED);

    assertThat(anna.told())
        .containsExactly(
            new StreamDestroyed(stream, LeaveReason.NETWORK_DISCONNECTED),
            new ConnectionDestroyed(ben.id(), LeaveReason.NETWORK_DISCONNECTED));
    assertThat(ben.told()).isEmpty();
    assertThat(house.media.room(House.SESSION).orElseThrow().streams()).isEmpty();
  }

  @Test
  void leaving_twice_is_leaving_once() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    anna.told();

    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    ben.participant().leave(LeaveReason.NETWORK_DISCONNECTED);

    assertThat(anna.told())
        .containsExactly(new ConnectionDestroyed(ben.id(), LeaveReason.CLIENT_DISCONNECTED));
  }

  @Test
  void after_leaving_every_call_is_refused_and_no_event_comes() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    StreamId stream = anna.publishCamera();
    ben.told();
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);

    assertRefused(
        new SessionError.ConnectionNotFound(), () -> ben.participant().publish(Guest.CAMERA));
    assertRefused(
        new SessionError.ConnectionNotFound(),
        () -> ben.participant().subscribe(stream, Guest.BOTH));
    assertRefused(
        new SessionError.ConnectionNotFound(), () -> ben.participant().answerSubscribe(1, "sdp"));
    anna.participant().unpublish(stream);
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void media_are_opened_for_the_first_and_closed_after_the_last() throws Exception {
    assertThat(house.media.openRooms()).isZero();
    Guest anna = house.join();
    Guest ben = house.join();
    assertThat(house.media.opened()).isEqualTo(1);

    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    assertThat(house.media.openRooms()).isEqualTo(1);
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);

    assertThat(house.media.openRooms()).isZero();
  }

  @Test
  void a_session_that_everybody_left_starts_empty_for_the_next_one() throws Exception {
    Guest anna = house.join();
    anna.publishCamera();
    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);

    Guest ben = house.join();

    assertThat(ben.participant().othersAtJoin()).isEmpty();
    assertThat(ben.participant().streamsAtJoin()).isEmpty();
    assertThat(house.media.opened()).isEqualTo(2);
    assertRefused(
        new SessionError.ConnectionNotFound(), () -> anna.participant().publish(Guest.CAMERA));
  }

  @Test
  void closing_disconnects_everyone_closes_all_media_and_takes_nobody_any_more() throws Exception {
    house.addSession(new SessionId("2_other"));
    Guest anna = house.join();
    Guest ben = house.join(new SessionId("2_other"), Role.SUBSCRIBER);

    house.live.close();

    SessionEvent over = new Disconnected(LeaveReason.NETWORK_DISCONNECTED);
    assertThat(List.of(anna.told(), ben.told())).containsOnly(List.of(over));
    assertThat(house.media.openRooms()).isZero();
    assertThatIllegalStateException().isThrownBy(house::join);
    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    assertThat(house.media.breaches()).isEmpty();
  }
}

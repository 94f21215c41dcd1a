package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.ConnectionNotFound;
import dev.sluice.session.SessionError.SessionNotFound;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.live.SessionEvent.SignalReceived;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private static final Signal CHAT = new Signal(Optional.of("chat"), Optional.of("hello"));
  private static final ConnectionId NOBODY = new ConnectionId(new UUID(9, 9));

  private final House house = new House();
  private final Guest anna = house.join();
  private final Guest ben = house.join();
  private final Guest carla = house.join();

  SignalsTest() throws Exception {
    anna.told();
    ben.told();
  }

  @Test
  void a_signal_to_everyone_comes_back_to_its_sender_too() throws Exception {
    anna.participant().signal(CHAT, Optional.empty());

    SessionEvent received = new SignalReceived(CHAT, Optional.of(anna.id()));
    assertThat(anna.told()).containsExactly(received);
    assertThat(ben.told()).containsExactly(received);
    assertThat(carla.told()).containsExactly(received);
  }

  @Test
  void a_signal_to_one_reaches_that_one_only() throws Exception {
    anna.participant().signal(CHAT, Optional.of(ben.id()));

    assertThat(ben.told()).containsExactly(new SignalReceived(CHAT, Optional.of(anna.id())));
    assertThat(anna.told()).isEmpty();
    assertThat(carla.told()).isEmpty();
  }

  @Test
  void a_signal_to_somebody_who_is_not_there_is_refused() {
    assertRefused(
        new ConnectionNotFound(), () -> anna.participant().signal(CHAT, Optional.of(NOBODY)));
  }

  @Test
  void a_signal_beyond_the_limits_reaches_nobody() {
    Signal badType = new Signal(Optional.of("chat room"), Optional.empty());
    Signal tooLarge = new Signal(Optional.empty(), Optional.of("ä".repeat(4097)));

    assertRefused(
        new SessionError.InvalidSignalType(),
        () -> anna.participant().signal(badType, Optional.empty()));
    assertRefused(
        new SessionError.SignalTooLarge(),
        () -> anna.participant().signal(tooLarge, Optional.empty()));
    assertRefused(
        new SessionError.SignalTooLarge(),
        () -> house.live.signal(House.APPLICATION, House.SESSION, tooLarge, Optional.empty()));
    assertThat(ben.told()).isEmpty();
  }

  @Test
  void a_role_that_only_publishes_may_not_signal() throws Exception {
    Guest dora = house.join(Role.PUBLISHER_ONLY);

    assertRefused(
        new SessionError.PermissionDenied("send signals"),
        () -> dora.participant().signal(CHAT, Optional.empty()));
  }

  @Test
  void a_signal_of_the_applications_server_is_from_nobody() throws Exception {
    house.live.signal(House.APPLICATION, House.SESSION, CHAT, Optional.empty());
    house.live.signal(House.APPLICATION, House.SESSION, CHAT, Optional.of(ben.id()));

    SessionEvent received = new SignalReceived(CHAT, Optional.empty());
    assertThat(anna.told()).containsExactly(received);
    assertThat(ben.told()).containsExactly(received, received);
  }

  @Test
  void the_applications_server_cannot_signal_to_who_is_not_there() throws Exception {
    SessionId empty = new SessionId("2_empty");
    house.addSession(empty);

    assertRefused(
        new ConnectionNotFound(),
        () -> house.live.signal(House.APPLICATION, House.SESSION, CHAT, Optional.of(NOBODY)));
    assertRefused(
        new ConnectionNotFound(),
        () -> house.live.signal(House.APPLICATION, empty, CHAT, Optional.of(anna.id())));
    house.live.signal(House.APPLICATION, empty, CHAT, Optional.empty());
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void another_applications_server_reaches_nobody_and_sees_nothing() {
    ApplicationId foreign = new ApplicationId(new UUID(6, 6));

    assertRefused(
        new SessionNotFound(),
        () -> house.live.signal(foreign, House.SESSION, CHAT, Optional.empty()));
    assertRefused(new SessionNotFound(), () -> house.live.streams(foreign, House.SESSION));
    assertRefused(new SessionNotFound(), () -> house.live.connections(foreign, House.SESSION));
    assertThat(anna.told()).isEmpty();
  }

  @Test
  void the_applications_server_sees_connections_and_streams_oldest_first() throws Exception {
    var first = ben.publishCamera();
    var second = anna.publishCamera();

    assertThat(house.live.connections(House.APPLICATION, House.SESSION))
        .extracting(connection -> connection.id())
        .containsExactly(anna.id(), ben.id(), carla.id());
    assertThat(house.live.streams(House.APPLICATION, House.SESSION))
        .extracting(stream -> stream.id())
        .containsExactly(first, second);
    assertThat(house.live.stream(House.APPLICATION, House.SESSION, second).connectionId())
        .isEqualTo(anna.id());
    anna.participant().unpublish(second);
    assertRefused(
        new SessionError.StreamNotFound(),
        () -> house.live.stream(House.APPLICATION, House.SESSION, second));
  }
}

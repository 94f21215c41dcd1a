package dev.sluice.session.live;

import static dev.sluice.session.live.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.session.LogLines;
import dev.sluice.session.Role;
import dev.sluice.session.SessionError;
import dev.sluice.session.Signal;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.SessionEvent.ConnectionDestroyed;
import dev.sluice.session.live.SessionEvent.StreamDestroyed;
import dev.sluice.session.media.FakeMediaPlane.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final Signal HELLO = new Signal(Optional.empty(), Optional.of("hello"));

  private final House house = new House();
  private final LogLines log = new LogLines();

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void media_that_do_not_open_refuse_the_join_and_leave_no_session_behind() throws Exception {
    house.media.fail(Call.OPEN);
    assertMediaFault(house::join);
    assertThat(log.lines())
        .containsExactly(
            "ERROR Session 2_main: the media plane could not open the session's media");

    house.media.fail();
    assertThat(house.join().participant().othersAtJoin()).isEmpty();
  }

  @Test
  void a_fault_while_publishing_announces_nothing_and_the_next_try_works() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    StreamId id = anna.participant().publish(Guest.CAMERA);

    house.media.fail(Call.PUBLISH);
    assertMediaFault(() -> anna.negotiate(id));
    assertThat(ben.told()).isEmpty();

    house.media.fail();
    anna.negotiate(id);
    assertThat(ben.told()).hasSize(1);
  }

  @Test
  void a_fault_while_subscribing_leaves_no_subscription() throws Exception {
    Guest anna = house.join();
    StreamId id = anna.publishCamera();

    house.media.fail(Call.SUBSCRIBE);
    assertMediaFault(() -> anna.participant().subscribe(id, Guest.BOTH));

    house.media.fail();
    SubscriptionId subscription = anna.participant().subscribe(id, Guest.BOTH);
    house.media.fail(Call.UPDATE_SUBSCRIPTION);
    assertMediaFault(
        () ->
            anna.participant()
                .updateSubscription(
                    subscription, Guest.change(Optional.of(false), Optional.empty())));
    house.media.fail(Call.ANSWER);
    assertMediaFault(() -> anna.participant().answerSubscribe(1, "answer"));
    assertThat(house.media.room(House.SESSION).orElseThrow().subscriptions())
        .containsOnlyKeys(subscription);
  }

  @Test
  void what_ends_something_ends_it_whatever_the_media_say() throws Exception {
    Guest anna = house.join();
    Guest ben = house.join();
    StreamId first = anna.publishCamera();
    StreamId second = anna.publishCamera();
    SubscriptionId subscription = ben.participant().subscribe(second, Guest.BOTH);
    ben.told();
    house.media.fail(Call.UNPUBLISH, Call.UNSUBSCRIBE, Call.REMOVE, Call.CLOSE);

    assertMediaFault(() -> anna.participant().unpublish(first));
    assertMediaFault(() -> ben.participant().unsubscribe(subscription));
    assertRefused(
        new SessionError.SubscriptionNotFound(), () -> ben.participant().unsubscribe(subscription));
    anna.participant().leave(LeaveReason.CLIENT_DISCONNECTED);

    assertThat(ben.told())
        .containsExactly(
            new StreamDestroyed(first, LeaveReason.CLIENT_DISCONNECTED),
            new StreamDestroyed(second, LeaveReason.CLIENT_DISCONNECTED),
            new ConnectionDestroyed(anna.id(), LeaveReason.CLIENT_DISCONNECTED));
    ben.participant().leave(LeaveReason.CLIENT_DISCONNECTED);
    assertThat(house.live.connections(House.APPLICATION, House.SESSION)).isEmpty();
    assertThat(log.lines())
        .contains(
            "ERROR Session 2_main: the media of connection " + anna.id() + " may linger",
            "ERROR Session 2_main: its media may linger");
  }

  @Test
  void a_listener_that_throws_costs_only_its_own_delivery_and_is_logged() throws Exception {
    List<SessionEvent> reached = new ArrayList<>();
    house.live.join(
        House.token(House.SESSION, Role.PUBLISHER),
        event -> {
          throw new IllegalStateException("no room in the queue");
        });
    house.live.join(House.token(House.SESSION, Role.PUBLISHER), reached::add);

    Guest carla = house.join();
    carla.participant().signal(HELLO, Optional.empty());

    assertThat(reached).hasSize(2);
    assertThat(carla.told()).hasSize(1);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("ERROR"))
        .hasSize(3)
        .last()
        .asString()
        .matches(
            "ERROR Session 2_main: the listener of connection [0-9a-f-]+"
                + " failed on SignalReceived");
  }

  @Test
  void a_listener_that_calls_its_session_back_is_stopped_instead_of_waiting_for_ever()
      throws Exception {
    List<Participant> joined = new ArrayList<>();
    joined.add(
        house.live.join(
            House.token(House.SESSION, Role.PUBLISHER),
            event -> joined.getFirst().leave(LeaveReason.CLIENT_DISCONNECTED)));

    house.join();

    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("ERROR"))
        .singleElement()
        .asString()
        .endsWith("failed on ConnectionCreated");
    assertThat(house.live.connections(House.APPLICATION, House.SESSION)).hasSize(2);
  }

  private static void assertMediaFault(ThrowingCallable call) {
    assertThatExceptionOfType(MediaFaultException.class)
        .isThrownBy(call)
        .withMessageStartingWith("the media plane could not ")
        .havingCause()
        .withMessageStartingWith("the fake fails to ");
  }
}

package dev.sluice.session.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.StreamId;
import dev.sluice.session.media.FakeMediaPlane;
import dev.sluice.session.media.SubscribeOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrentSessionTest {
  private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final House house =
      new House(
          new SessionLimits(1000, 4, 4),
          new FakeMediaPlane(worker),
          task -> VIRTUAL.newThread(task).start());

  @AfterEach
  void stopWorker() {
    worker.close();
  }

  @Test
  void many_guests_come_publish_subscribe_and_go_at_once_and_nothing_is_left() throws Exception {
    List<SessionView> views = atOnce(150, this::visitThreeTimes);

    assertThat(views).allSatisfy(view -> assertThat(view.breaches).isEmpty());
    assertNothingLeft();
  }

  @Test
  void who_joins_while_the_last_one_leaves_gets_into_a_live_session() throws Exception {
    // As long as media take to close in earnest: somebody nearly always joins meanwhile.
    house.media.duringClose(() -> LockSupport.parkNanos(200_000));

    for (int round = 1; round <= 200; round++) {
      List<SessionView> views = atOnce(4, this::comeAndGo);

      assertThat(views).as("round %d", round).allMatch(view -> view.breaches.isEmpty());
      assertThat(house.media.breaches()).as("round %d", round).isEmpty();
      // Everybody went, so the session has ended at least once in each round.
      assertThat(house.media.opened()).isGreaterThanOrEqualTo(round);
    }
    assertNothingLeft();
  }

  @Test
  void guests_who_stay_agree_on_who_is_there() throws Exception {
    List<SessionView> views =
        atOnce(
            100,
            number -> {
              SessionView view = new SessionView();
              Participant joined = join(view);
              StreamId stream = joined.publish(Guest.CAMERA);
              joined.negotiatePublish(Guest.offer("offer", stream));
              return List.of(view);
            });
    var connections = house.live.connections(House.APPLICATION, House.SESSION);
    var streams = house.live.streams(House.APPLICATION, House.SESSION);

    assertThat(connections).hasSize(100);
    assertThat(streams).hasSize(100);
    for (SessionView view : views) {
      assertThat(view.breaches).isEmpty();
      assertThat(view.connections()).hasSize(99).isSubsetOf(connections);
      assertThat(view.others()).hasSize(99).isSubsetOf(streams);
    }
    house.live.close();
    assertNothingLeft();
  }

  @Test
  void closing_while_guests_come_leaves_nobody_inside() throws Exception {
    for (int round = 0; round < 200; round++) {
      House house = new House();
      CyclicBarrier door = new CyclicBarrier(5);
      List<Future<Boolean>> visits = new ArrayList<>();
      try (ExecutorService guests = Executors.newThreadPerTaskExecutor(VIRTUAL)) {
        for (int i = 0; i < 4; i++) {
          SessionId session = new SessionId("2_" + i);
          house.addSession(session);
          visits.add(guests.submit(() -> joinsUnlessClosed(house, session, door)));
        }
        door.await();
        house.live.close();
      }
      for (Future<Boolean> visit : visits) {
        visit.get();
      }
      assertThat(house.media.openRooms()).as("round %d", round).isZero();
    }
  }

  private static boolean joinsUnlessClosed(House house, SessionId session, CyclicBarrier door)
      throws Exception {
    door.await();
    try {
      house.live.join(House.token(session, Role.PUBLISHER), new SessionView());
      return true;
    } catch (IllegalStateException closed) {
      assertThat(closed).hasMessageContaining("closed");
      return false;
    }
  }

  private List<SessionView> visitThreeTimes(int number) throws Exception {
    Random random = new Random(number);
    List<SessionView> views = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SessionView view = new SessionView();
      Participant joined = join(view);
      StreamId stream = joined.publish(Guest.CAMERA);
      joined.negotiatePublish(Guest.offer("offer", stream));
      joined.subscribe(stream, Guest.BOTH);
      // The offer comes from the worker's thread: there may not be one yet.
      Optional<SubscribeOffer> offer = view.takeOffer();
      if (offer.isPresent()) {
        joined.answerSubscribe(offer.get().revision(), "answer");
      }
      if (random.nextBoolean()) {
        joined.unpublish(stream);
      }
      joined.leave(LeaveReason.CLIENT_DISCONNECTED);
      view.left();
      views.add(view);
    }
    return views;
  }

  private List<SessionView> comeAndGo(int number) throws Exception {
    List<SessionView> views = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SessionView view = new SessionView();
      Participant joined = join(view);
      joined.publish(Guest.CAMERA);
      joined.leave(LeaveReason.NETWORK_DISCONNECTED);
      view.left();
      views.add(view);
    }
    return views;
  }

  private Participant join(SessionView view) throws Exception {
    Participant joined = house.live.join(House.token(House.SESSION, Role.PUBLISHER), view);
    view.joined(joined);
    return joined;
  }

  private void assertNothingLeft() throws Exception {
    assertThat(house.media.breaches()).isEmpty();
    assertThat(house.media.openRooms()).isZero();
    assertThat(house.live.connections(House.APPLICATION, House.SESSION)).isEmpty();
    assertThat(house.live.streams(House.APPLICATION, House.SESSION)).isEmpty();
  }

  private interface Visit {
    List<SessionView> go(int number) throws Exception;
  }

  private static List<SessionView> atOnce(int guests, Visit visit) throws Exception {
    CyclicBarrier door = new CyclicBarrier(guests);
    List<Future<List<SessionView>>> visits = new ArrayList<>();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(VIRTUAL)) {
      for (int i = 0; i < guests; i++) {
        int number = i;
        visits.add(
            threads.submit(
                () -> {
                  door.await();
                  return visit.go(number);
                }));
      }
    }
    List<SessionView> views = new ArrayList<>();
    for (Future<List<SessionView>> each : visits) {
      views.addAll(each.get());
    }
    return views;
  }
}

package dev.sluice.session.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.Signal;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.media.FakeMediaPlane;
import dev.sluice.session.media.FakeMediaPlane.Call;
import dev.sluice.session.media.FakeMediaRoom;
import dev.sluice.session.media.FakeMediaRoom.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many participants do what they like in three sessions while media fail now and then. After every
 * step each participant's view, the answers to the application's server and the books of the media
 * plane agree with what the simulation knows it did.
 */
class SessionSimulationTest {
  private static final int STEPS = 3000;
  private static final int MOST_AT_ONCE = 12;
  private static final List<SessionId> SESSIONS =
      List.of(new SessionId("2_a"), new SessionId("2_b"), new SessionId("2_c"));

  /** One participant and what the simulation knows to be its own. */
  private static final class Actor {
    final SessionId session;
    final Participant participant;
    final SessionView view;
    final Set<StreamId> reserved = new HashSet<>();
    final List<StreamId> published = new ArrayList<>();
    final Map<SubscriptionId, Wanted> subscriptions = new HashMap<>();

    Actor(SessionId session, Participant participant, SessionView view) {
      this.session = session;
      this.participant = participant;
      this.view = view;
    }

    ConnectionId id() {
      return participant.connection().id();
    }
  }

  private final House house =
      new House(new SessionLimits(5, 2, 3), new FakeMediaPlane(), Runnable::run);
  private final List<Actor> actors = new ArrayList<>();
  private final List<SessionView> gone = new ArrayList<>();
  private final Map<Class<?>, Integer> refusals = new HashMap<>();
  private Random random = new Random(0);
  private int faults;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20_260_301})
  void every_view_is_true_after_every_step_and_nothing_is_left_at_the_end(long seed)
      throws Exception {
    random = new Random(seed);
    SESSIONS.forEach(house::addSession);
    for (int step = 0; step < STEPS; step++) {
      String moment = "seed " + seed + " step " + step;
      house.now(House.START.plusMillis(step));
      if (random.nextInt(20) == 0) {
        house.media.fail(Call.OPEN, Call.PUBLISH, Call.SUBSCRIBE, Call.UPDATE_SUBSCRIPTION);
      } else {
        house.media.fail();
      }
      act();
      house.later();
      assertEverythingAgrees(moment);
    }
    house.media.fail();
    while (!actors.isEmpty()) {
      leave(actors.getLast());
      assertEverythingAgrees("seed " + seed + " at the end");
    }
    assertThat(house.media.openRooms()).as("seed %d", seed).isZero();
    assertThat(refusals.keySet()).as("seed %d: refusals met", seed).hasSizeGreaterThan(3);
    assertThat(faults).as("seed %d: faults met", seed).isGreaterThan(10);
  }

  private void act() throws RefusedException {
    if (actors.isEmpty() || (actors.size() < MOST_AT_ONCE && random.nextInt(6) == 0)) {
      tolerant(this::join);
      return;
    }
    Actor actor = any(actors);
    switch (random.nextInt(13)) {
      case 0 -> leave(actor);
      case 1, 2 -> tolerant(() -> actor.reserved.add(actor.participant.publish(Guest.CAMERA)));
      case 3, 4 -> tolerant(() -> negotiate(actor));
      case 5 -> tolerant(() -> unpublish(actor));
      case 6 -> tolerant(() -> update(actor));
      case 7, 8 -> tolerant(() -> subscribe(actor));
      case 9 -> tolerant(() -> changeSubscription(actor));
      case 10 -> tolerant(() -> actor.participant.signal(signal(), receiver()));
      case 11 -> reportOn(actor.session);
      default -> tolerant(() -> answer(actor));
    }
  }

  private void join() throws RefusedException {
    SessionId session = any(SESSIONS);
    SessionView view = new SessionView();
    Participant joined = house.live.join(House.token(session, any(List.of(Role.values()))), view);
    view.joined(joined);
    actors.add(new Actor(session, joined, view));
  }

  private void leave(Actor actor) {
    actor.participant.leave(LeaveReason.CLIENT_DISCONNECTED);
    actor.view.left();
    actors.remove(actor);
    gone.add(actor.view);
    actor.published.forEach(this::forgetSubscriptionsTo);
  }

  private void negotiate(Actor actor) throws RefusedException {
    List<StreamId> named = new ArrayList<>(actor.published);
    named.addAll(actor.reserved);
    if (random.nextInt(10) == 0) {
      named.add(anyStream());
    }
    String sdp = random.nextInt(10) == 0 ? "broken" : "offer";
    actor.participant.negotiatePublish(Guest.offer(sdp, named.toArray(StreamId[]::new)));
    actor.published.addAll(actor.reserved);
    actor.reserved.clear();
  }

  private void unpublish(Actor actor) throws RefusedException {
    StreamId stream = anyStream();
    actor.participant.unpublish(stream);
    actor.reserved.remove(stream);
    actor.published.remove(stream);
    forgetSubscriptionsTo(stream);
  }

  private void update(Actor actor) throws RefusedException {
    actor.participant.updateStream(
        anyStream(),
        new StreamUpdate(
            Optional.of(random.nextBoolean()),
            random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty(),
            Optional.of(new VideoDimensions(320 * (1 + random.nextInt(2)), 240)),
            random.nextBoolean()));
  }

  private void subscribe(Actor actor) throws RefusedException {
    StreamId stream = anyStream();
    boolean audio = random.nextBoolean();
    SubscriptionWish wish = Guest.media(audio, true);
    SubscriptionId id = actor.participant.subscribe(stream, wish);
    actor.subscriptions.put(id, new Wanted(actor.id(), stream, Guest.chosen(wish)));
  }

  private void changeSubscription(Actor actor) throws RefusedException {
    SubscriptionId id =
        actor.subscriptions.isEmpty()
            ? new SubscriptionId("nothing")
            : any(List.copyOf(actor.subscriptions.keySet()));
    if (random.nextBoolean()) {
      actor.participant.unsubscribe(id);
      actor.subscriptions.remove(id);
      return;
    }
    boolean video = random.nextBoolean();
    actor.participant.updateSubscription(id, Guest.change(Optional.empty(), Optional.of(video)));
    actor.subscriptions.computeIfPresent(
        id,
        (_, old) ->
            new Wanted(
                old.connection(),
                old.stream(),
                Guest.chosen(Guest.media(old.choice().audio(), video))));
  }

  private void answer(Actor actor) throws RefusedException {
    int revision = actor.view.takeOffer().map(offer -> offer.revision()).orElse(99);
    actor.participant.answerSubscribe(revision, "answer");
  }

  private void reportOn(SessionId session) {
    FakeMediaRoom room = house.media.room(session).orElseThrow();
    switch (random.nextInt(4)) {
      case 0 -> room.interrupt(anyStream());
      case 1 -> room.restore(anyStream());
      case 2 -> room.speak(anyStream());
      default -> room.want(anyStream(), List.of("q"));
    }
  }

  private Signal signal() {
    return new Signal(Optional.of(random.nextInt(5) == 0 ? "not valid" : "chat"), Optional.empty());
  }

  private Optional<ConnectionId> receiver() {
    return random.nextBoolean() ? Optional.of(any(actors).id()) : Optional.empty();
  }

  private StreamId anyStream() {
    List<StreamId> all = new ArrayList<>();
    actors.forEach(actor -> all.addAll(actor.published));
    actors.forEach(actor -> all.addAll(actor.reserved));
    return all.isEmpty() ? new StreamId(new UUID(9, 9)) : any(all);
  }

  private void forgetSubscriptionsTo(StreamId stream) {
    actors.forEach(
        actor -> actor.subscriptions.values().removeIf(each -> each.stream().equals(stream)));
  }

  private void tolerant(Mailbox.Action action) {
    try {
      action.run();
    } catch (RefusedException e) {
      refusals.merge(e.error().getClass(), 1, Integer::sum);
    } catch (MediaFaultException e) {
      faults++;
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void assertEverythingAgrees(String moment) throws RefusedException {
    for (SessionView view : gone) {
      assertThat(view.breaches).as(moment).isEmpty();
    }
    assertThat(house.media.breaches()).as(moment).isEmpty();
    for (SessionId session : SESSIONS) {
      assertSessionAgrees(moment, session);
    }
  }

  private void assertSessionAgrees(String moment, SessionId session) throws RefusedException {
    List<Actor> here = actors.stream().filter(each -> each.session.equals(session)).toList();
    Map<StreamId, ConnectionId> streams = new HashMap<>();
    Map<SubscriptionId, Wanted> subscriptions = new HashMap<>();
    for (Actor actor : here) {
      actor.published.forEach(stream -> streams.put(stream, actor.id()));
      subscriptions.putAll(actor.subscriptions);
    }
    var connections = house.live.connections(House.APPLICATION, session);
    var published = house.live.streams(House.APPLICATION, session);

    assertThat(connections)
        .as(moment)
        .containsExactlyElementsOf(
            here.stream().map(each -> each.participant.connection()).toList());
    assertThat(published)
        .as(moment)
        .extracting(stream -> stream.id())
        .containsExactlyInAnyOrderElementsOf(streams.keySet());
    Optional<FakeMediaRoom> room = house.media.room(session);
    assertThat(room.isPresent()).as(moment).isEqualTo(!here.isEmpty());
    assertThat(room.map(FakeMediaRoom::streams).orElse(Map.of())).as(moment).isEqualTo(streams);
    assertThat(room.map(FakeMediaRoom::subscriptions).orElse(Map.of()))
        .as(moment)
        .isEqualTo(subscriptions);
    for (Actor actor : here) {
      Connection own = actor.participant.connection();
      assertThat(actor.view.breaches).as(moment).isEmpty();
      assertThat(actor.view.connections())
          .as(moment)
          .containsExactlyElementsOf(
              connections.stream().filter(each -> !each.equals(own)).toList());
      assertThat(actor.view.others())
          .as(moment)
          .containsExactlyElementsOf(
              published.stream().filter(each -> !each.connectionId().equals(own.id())).toList());
    }
  }
}

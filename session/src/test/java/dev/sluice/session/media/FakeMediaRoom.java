package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.FakeMediaPlane.Call;
import dev.sluice.session.media.RoomStatistics.Traffic;
import dev.sluice.session.media.RoomStatistics.TransportStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A room of the {@link FakeMediaPlane}. An offer's SDP "broken" is refused. */
public final class FakeMediaRoom implements MediaRoom {
  private final FakeMediaPlane plane;
  private final SessionId session;
  private final MediaListener listener;
  private final Executor worker;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Map<StreamId, ConnectionId> streams = new HashMap<>();
  private final Map<SubscriptionId, Wanted> subscriptions = new LinkedHashMap<>();
  private final Map<ConnectionId, Integer> revisions = new HashMap<>();
  private final Map<ConnectionId, Integer> peers = new HashMap<>();
  private final Set<ConnectionId> awaitingAnswer = new HashSet<>();
  private int updates;

  /** One subscription as it was asked for. */
  public record Wanted(ConnectionId connection, StreamId stream, MediaChoice choice) {}

  FakeMediaRoom(FakeMediaPlane plane, SessionId session, MediaListener listener, Executor worker) {
    this.plane = plane;
    this.session = session;
    this.listener = listener;
    this.worker = worker;
  }

  public Map<StreamId, ConnectionId> streams() {
    return Map.copyOf(streams);
  }

  public Map<SubscriptionId, Wanted> subscriptions() {
    return Map.copyOf(subscriptions);
  }

  /** How often a subscription was updated. */
  public int updates() {
    return updates;
  }

  @Override
  public String publish(ConnectionId connection, PublishOffer offer) throws RefusedException {
    enter(Call.PUBLISH);
    try {
      if (offer.sdp().equals("broken")) {
        throw new RefusedException(new SessionError.InvalidSdp("the offer is broken"));
      }
      offer.tracks().forEach(track -> streams.put(track.streamId(), connection));
      return "answer to " + offer.sdp();
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void unpublish(ConnectionId connection, StreamId stream) {
    enter(Call.UNPUBLISH);
    removeStream(stream);
    busy.set(false);
  }

  @Override
  public void subscribe(
      ConnectionId connection, SubscriptionId subscription, StreamId stream, MediaChoice choice) {
    enter(Call.SUBSCRIBE);
    if (!streams.containsKey(stream)) {
      plane.breach("a subscription to stream " + stream + ", which is not published");
    }
    Wanted wanted = new Wanted(connection, stream, choice);
    if (subscriptions.put(subscription, wanted) != null) {
      plane.breach("subscription " + subscription + " was there already");
    }
    offer(connection);
    busy.set(false);
  }

  @Override
  public void updateSubscription(
      ConnectionId connection, SubscriptionId subscription, MediaChoice choice) {
    enter(Call.UPDATE_SUBSCRIPTION);
    Wanted old = subscriptions.get(subscription);
    if (old == null || !old.connection().equals(connection)) {
      plane.breach("an update of subscription " + subscription + ", which is not there");
    } else {
      subscriptions.put(subscription, new Wanted(connection, old.stream(), choice));
      updates++;
    }
    busy.set(false);
  }

  @Override
  public void unsubscribe(ConnectionId connection, SubscriptionId subscription) {
    enter(Call.UNSUBSCRIBE);
    subscriptions.remove(subscription);
    offer(connection);
    busy.set(false);
  }

  @Override
  public void answer(ConnectionId connection, int revision, String sdp) throws RefusedException {
    enter(Call.ANSWER);
    try {
      if (revision != revisions.getOrDefault(connection, 0) || !awaitingAnswer.remove(connection)) {
        throw new RefusedException(new SessionError.StaleRevision(revision));
      }
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void restartSubscribe(ConnectionId connection, boolean renew) {
    enter(Call.RESTART_SUBSCRIBE);
    if (revisions.containsKey(connection)) {
      if (renew) {
        peers.merge(connection, 2, (peer, _) -> peer + 1);
      }
      offer(connection);
    }
    busy.set(false);
  }

  @Override
  public RoomStatistics statistics() {
    enter(Call.STATISTICS);
    RoomStatistics statistics =
        new RoomStatistics(streams.values().stream().distinct().map(FakeMediaRoom::idle).toList());
    busy.set(false);
    return statistics;
  }

  private static TransportStatistics idle(ConnectionId publisher) {
    return new TransportStatistics(
        publisher,
        TransportSide.PUBLISH,
        "new",
        Optional.empty(),
        new Traffic(0, 0),
        new Traffic(0, 0),
        Map.of(),
        Optional.empty(),
        List.of());
  }

  @Override
  public void remove(ConnectionId connection) {
    enter(Call.REMOVE);
    List.copyOf(streams.keySet()).stream()
        .filter(stream -> connection.equals(streams.get(stream)))
        .forEach(this::removeStream);
    subscriptions.values().removeIf(wanted -> wanted.connection().equals(connection));
    revisions.remove(connection);
    peers.remove(connection);
    awaitingAnswer.remove(connection);
    busy.set(false);
  }

  @Override
  public void close() {
    enter(Call.CLOSE);
    plane.closed(session, this);
    busy.set(false);
  }

  /** An offer that comes from the media plane by itself, as after a change of a publisher. */
  public void offer(ConnectionId connection) {
    if (!awaitingAnswer.add(connection)) {
      return;
    }
    int revision = revisions.merge(connection, 1, Integer::sum);
    List<SubscribedTrack> tracks =
        subscriptions.entrySet().stream()
            .filter(entry -> entry.getValue().connection().equals(connection))
            .map(
                entry ->
                    new SubscribedTrack(
                        "0", MediaKind.VIDEO, entry.getKey(), entry.getValue().stream()))
            .toList();
    SubscribeOffer offer =
        new SubscribeOffer(
            revision, peers.getOrDefault(connection, 1), "offer " + revision, tracks);
    worker.execute(() -> listener.onSubscribeOffer(connection, offer));
  }

  /** Nothing comes of a stream any more, or it comes again. */
  public void interrupt(StreamId stream) {
    worker.execute(() -> listener.onStreamInterrupted(stream));
  }

  public void restore(StreamId stream) {
    worker.execute(() -> listener.onStreamRestored(stream));
  }

  /** Audio fallback has judged the video of a subscription. */
  public void judge(ConnectionId connection, SubscriptionId subscription, VideoQuality quality) {
    worker.execute(() -> listener.onVideoQuality(connection, subscription, quality));
  }

  /** The publisher of a stream speaks. */
  public void speak(StreamId stream) {
    worker.execute(() -> listener.onActiveSpeaker(stream));
  }

  /** These encodings of a stream are wanted, and no others. */
  public void want(StreamId stream, List<String> rids) {
    worker.execute(() -> listener.onWantedLayers(stream, rids));
  }

  /** The client's answer had no codec for the video of a subscription. */
  public void refuse(ConnectionId connection, SubscriptionId subscription, StreamId stream) {
    worker.execute(
        () ->
            listener.onSubscriptionRefused(
                connection, subscription, stream, MediaKind.VIDEO, "AV1"));
  }

  private void enter(Call call) {
    plane.failIfAsked(call);
    if (!busy.compareAndSet(false, true)) {
      plane.breach(call + " was called during another call");
    }
  }

  private void removeStream(StreamId stream) {
    streams.remove(stream);
    subscriptions.values().removeIf(wanted -> wanted.stream().equals(stream));
  }
}

package dev.sluice.router.room;

import dev.sluice.router.live.ClosedTransport;
import dev.sluice.router.live.Endpoint;
import dev.sluice.router.live.LiveRoom;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.PublishedTrack;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.SubscribedTrack;
import dev.sluice.router.live.TrackKey;
import dev.sluice.router.worker.Worker;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.negotiation.NegotiationException;
import dev.sluice.transport.negotiation.PublishAnswer;
import dev.sluice.transport.negotiation.Refusal;
import dev.sluice.transport.negotiation.SentTrack;
import dev.sluice.transport.negotiation.SubscriptionAnswer;
import dev.sluice.transport.negotiation.SupportedCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The offers and answers of all peers of a room, and the streams and subscriptions they stand for.
 * One call at a time; each blocks until the worker has done its part.
 */
final class RoomNegotiations {
  // Far above a worker's longest turn: what takes longer is a fault that the caller must see.
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  /** A stream that is negotiated, with the codec of each of its media. */
  private record LiveStream(String owner, Map<MediaKind, SupportedCodec> codecs) {}

  private final Worker worker;
  private final LiveRoom live;
  private final RoomListener listener;
  private final NegotiationSettings settings;
  private final Map<String, PublishSide> publishers = new HashMap<>();
  private final Map<String, SubscribeSide> subscribers = new HashMap<>();
  private final Map<String, LiveStream> streams = new HashMap<>();

  RoomNegotiations(
      Worker worker, LiveRoom live, RoomListener listener, NegotiationSettings settings) {
    this.worker = worker;
    this.live = live;
    this.listener = listener;
    this.settings = settings;
  }

  String publish(String peer, String sdp, List<OfferedTrack> tracks) throws NegotiationException {
    requireOwn(peer, tracks);
    PublishSide known = publishers.get(peer);
    boolean fresh = known != null && !known.isOfSamePeerConnection(sdp);
    Endpoint endpoint = call(() -> live.publishEndpoint(peer, fresh));
    PublishSide side =
        known != null && known.isOn(endpoint) ? known : new PublishSide(endpoint, settings);
    PublishAnswer answer;
    try {
      answer = side.answer(sdp, () -> call(() -> live.restartPublishIce(peer, endpoint)));
    } catch (NegotiationException e) {
      if (side != known) {
        run(() -> live.discardPublishEndpoint(peer));
      }
      throw e;
    }
    publishers.put(peer, side);
    List<PublishSide.Agreed> agreed = PublishSide.tracks(answer, tracks);
    List<PublishedTrack> published = agreed.stream().map(PublishSide.Agreed::track).toList();
    run(() -> live.publish(peer, endpoint, answer.remote(), published));
    replaceStreams(peer, agreed);
    return answer.sdp();
  }

  private void requireOwn(String peer, List<OfferedTrack> tracks) {
    for (OfferedTrack track : tracks) {
      LiveStream known = streams.get(track.streamId());
      if (known != null && !known.owner().equals(peer)) {
        throw new IllegalArgumentException(
            "stream %s of %s published by %s".formatted(track.streamId(), known.owner(), peer));
      }
    }
  }

  /** Makes the peer's streams those it publishes now, and offers what changes to subscribers. */
  private void replaceStreams(String peer, List<PublishSide.Agreed> agreed) {
    Map<String, Map<MediaKind, SupportedCodec>> codecs = new HashMap<>();
    for (PublishSide.Agreed published : agreed) {
      codecs
          .computeIfAbsent(published.track().streamId(), _ -> new EnumMap<>(MediaKind.class))
          .put(published.track().kind(), published.codec());
    }
    streams.forEach(
        (streamId, stream) -> {
          if (stream.owner().equals(peer)) {
            codecs.putIfAbsent(streamId, new EnumMap<>(MediaKind.class));
          }
        });
    List<String> changed = new ArrayList<>();
    codecs.forEach(
        (streamId, now) -> {
          LiveStream before = streams.put(streamId, new LiveStream(peer, now));
          if (before != null && !before.codecs().equals(now)) {
            changed.add(streamId);
          }
        });
    if (!changed.isEmpty()) {
      subscribers.forEach((subscriber, side) -> align(subscriber, side, changed));
    }
  }

  private void align(String subscriber, SubscribeSide side, List<String> changedStreams) {
    List<TrackKey> ended = new ArrayList<>();
    for (Subscription subscription : side.subscriptions().values()) {
      LiveStream stream = streams.get(subscription.streamId());
      if (stream != null && changedStreams.contains(subscription.streamId())) {
        ended.addAll(side.align(subscription, stream.codecs()));
      }
    }
    if (!ended.isEmpty()) {
      run(() -> ended.forEach(track -> live.stop(subscriber, track)));
    }
    offer(subscriber, side);
  }

  void unpublish(String peer, String streamId) {
    LiveStream stream = streams.get(streamId);
    if (stream == null || !stream.owner().equals(peer)) {
      return;
    }
    run(() -> live.endStream(peer, streamId));
    streams.remove(streamId);
    endSubscriptionsTo(List.of(streamId));
  }

  private void endSubscriptionsTo(List<String> endedStreams) {
    subscribers.forEach(
        (subscriber, side) -> {
          for (Subscription subscription : List.copyOf(side.subscriptions().values())) {
            if (endedStreams.contains(subscription.streamId())) {
              side.remove(subscription);
            }
          }
          offer(subscriber, side);
        });
  }

  void subscribe(String peer, String subscriptionId, String streamId, MediaChoice choice) {
    LiveStream stream = streams.get(streamId);
    if (stream == null) {
      return;
    }
    SubscribeSide side = subscribers.get(peer);
    if (side == null) {
      side = new SubscribeSide(call(() -> live.subscribeEndpoint(peer)), settings);
      subscribers.put(peer, side);
    }
    Subscription subscription = new Subscription(subscriptionId, streamId, choice);
    if (side.subscriptions().putIfAbsent(subscriptionId, subscription) != null) {
      throw new IllegalArgumentException("subscription %s exists".formatted(subscriptionId));
    }
    List<TrackKey> _ = side.align(subscription, stream.codecs());
    offer(peer, side);
  }

  void updateSubscription(String peer, String subscriptionId, MediaChoice choice) {
    SubscribeSide side = subscribers.get(peer);
    Subscription subscription = side == null ? null : side.subscriptions().get(subscriptionId);
    if (side == null || subscription == null) {
      return;
    }
    side.subscriptions().put(subscriptionId, subscription.with(choice));
    run(
        () -> {
          for (MediaKind kind : MediaKind.values()) {
            TrackKey track = new TrackKey(subscriptionId, kind);
            live.setChoice(peer, track, choice.wants(kind), choice.layer(), choice.terms());
          }
        });
  }

  void unsubscribe(String peer, String subscriptionId) {
    SubscribeSide side = subscribers.get(peer);
    Subscription subscription = side == null ? null : side.subscriptions().get(subscriptionId);
    if (side == null || subscription == null) {
      return;
    }
    run(
        () -> {
          for (MediaKind kind : MediaKind.values()) {
            live.stop(peer, new TrackKey(subscriptionId, kind));
          }
        });
    side.remove(subscription);
    offer(peer, side);
  }

  void answer(String peer, int revision, String sdp) throws NegotiationException {
    SubscribeSide side = subscribers.get(peer);
    if (side == null) {
      throw new NegotiationException(
          new Refusal.StaleRevision(
              "an answer to revision %d, nothing was ever offered".formatted(revision)));
    }
    SubscriptionAnswer<TrackKey> answer = side.accept(revision, sdp);
    List<SubscribedTrack> agreed = side.agreed(answer);
    List<SentTrack<TrackKey>> refused = answer.refused();
    Optional<RemoteParameters> remote = answer.remote();
    run(
        () -> {
          live.subscribe(peer, remote, agreed);
          refused.forEach(track -> live.stop(peer, track.key()));
        });
    for (SentTrack<TrackKey> track : refused) {
      Subscription subscription = side.subscription(track.key());
      listener.onSubscriptionRefused(
          peer,
          subscription.id(),
          subscription.streamId(),
          track.key().kind(),
          track.codec().name());
    }
    offer(peer, side);
  }

  void restartSubscribe(String peer, boolean renew) {
    SubscribeSide side = subscribers.get(peer);
    if (side == null) {
      return;
    }
    Optional<IceCredentials> credentials =
        renew ? Optional.empty() : call(() -> live.restartSubscribeIce(peer));
    credentials.ifPresentOrElse(side::restartIce, () -> renew(peer, side));
    offer(peer, side);
  }

  private void renew(String peer, SubscribeSide side) {
    side.renew(call(() -> live.renewSubscribeEndpoint(peer)));
  }

  /**
   * A transport to subscribe on has ended by itself: the next offer is of a new PeerConnection. One
   * that had never connected is not tried again at once, or a peer whose handshakes fail would get
   * offers for ever.
   */
  void onSubscribeTransportClosed(ClosedTransport transport) {
    SubscribeSide side = subscribers.get(transport.peer());
    if (side != null) {
      side.lose(transport.generation());
      if (transport.wasConnected()) {
        offer(transport.peer(), side);
      }
    }
  }

  private void offer(String peer, SubscribeSide side) {
    if (side.needsRenewal()) {
      renew(peer, side);
    }
    side.nextOffer().ifPresent(offer -> listener.onSubscribeOffer(peer, offer));
  }

  RoomSnapshot snapshot() {
    return call(live::snapshot);
  }

  void remove(String peer) {
    publishers.remove(peer);
    subscribers.remove(peer);
    run(() -> live.remove(peer));
    List<String> ended =
        streams.entrySet().stream()
            .filter(stream -> stream.getValue().owner().equals(peer))
            .map(Map.Entry::getKey)
            .toList();
    ended.forEach(streams::remove);
    if (!ended.isEmpty()) {
      endSubscriptionsTo(ended);
    }
  }

  void close() {
    publishers.clear();
    subscribers.clear();
    streams.clear();
    run(live::close);
  }

  private void run(Runnable task) {
    call(Executors.callable(task));
  }

  private <T> T call(Callable<T> task) {
    return call(worker, task);
  }

  static <T> T call(Worker worker, Callable<T> task) {
    try {
      return worker.call(task, CALL_TIMEOUT);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a command of a room failed on its worker", e.getCause());
    }
  }

  @Override
  public String toString() {
    return "%d publishers, %d subscribers, %d streams, %s"
        .formatted(publishers.size(), subscribers.size(), streams.size(), live);
  }
}

package dev.sluice.session.live;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.MediaMode;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionError.Limit;
import dev.sluice.session.SessionError.PermissionDenied;
import dev.sluice.session.SessionError.StreamNotFound;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoType;
import dev.sluice.session.live.Member.Subscription;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.OfferedTrack;
import dev.sluice.session.media.PublishOffer;
import dev.sluice.session.media.RoomStatistics;
import dev.sluice.session.media.VideoTerms;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who publishes what and who subscribes to it, in step with the media of the session. A change that
 * adds something asks the media first and happens only when they did it; a change that ends
 * something always happens. Owned by the session's mailbox.
 */
final class LiveStreams {
  private final GuardedRoom room;
  private final Audience audience;
  private final MediaMode mediaMode;
  private final Environment environment;
  private final Later later;
  private final Map<StreamId, Stream> published = new LinkedHashMap<>();
  private final Set<StreamId> interrupted = new LinkedHashSet<>();
  private Optional<StreamId> speaker = Optional.empty();

  /**
   * @param later runs its tasks in the session's mailbox
   */
  LiveStreams(
      GuardedRoom room,
      Audience audience,
      MediaMode mediaMode,
      Environment environment,
      Later later) {
    this.room = room;
    this.audience = audience;
    this.mediaMode = mediaMode;
    this.environment = environment;
    this.later = later;
  }

  /** What others see, oldest first. */
  List<Stream> published() {
    return List.copyOf(published.values());
  }

  StreamId reserve(Member publisher, StreamDescription description) throws RefusedException {
    requireMayPublish(publisher);
    int max = environment.limits().streamsPerConnection();
    if (publisher.reservedStreams().size() + publishedBy(publisher) >= max) {
      throw new RefusedException(new SessionError.LimitReached(Limit.STREAMS, max));
    }
    StreamId id = new StreamId(environment.ids().get());
    publisher.reservedStreams().put(id, description);
    return id;
  }

  String negotiate(Member publisher, PublishOffer offer) throws RefusedException {
    requireMayPublish(publisher);
    for (OfferedTrack track : offer.tracks()) {
      requireOwn(publisher, track.streamId());
    }
    String answer = room.publish(publisher.id(), offer);
    for (OfferedTrack track : offer.tracks()) {
      StreamDescription description = publisher.reservedStreams().remove(track.streamId());
      if (description != null) {
        announce(publisher, track.streamId(), description);
      }
    }
    return answer;
  }

  void unpublish(Member publisher, StreamId id) throws RefusedException {
    requireOwn(publisher, id);
    if (publisher.reservedStreams().remove(id) == null) {
      destroy(publisher.id(), id, LeaveReason.CLIENT_DISCONNECTED);
    }
    room.unpublish(publisher.id(), id);
  }

  void update(Member publisher, StreamId id, StreamUpdate update) throws RefusedException {
    requireOwn(publisher, id);
    StreamDescription reserved = publisher.reservedStreams().get(id);
    if (reserved != null) {
      publisher.reservedStreams().put(id, StreamChanges.applied(update, reserved));
      return;
    }
    Stream stream = find(id);
    StreamDescription changed = StreamChanges.applied(update, stream.description());
    published.put(
        id,
        new Stream(id, stream.connectionId(), changed, stream.layoutClasses(), stream.createdAt()));
    for (SessionEvent.Change change :
        StreamChanges.between(stream.description(), changed, update.forQuality())) {
      audience.tellAll(new SessionEvent.StreamChanged(id, change));
    }
  }

  SubscriptionId subscribe(Member subscriber, StreamId id, SubscriptionWish wish)
      throws RefusedException {
    if (!subscriber.connection().role().maySubscribe()) {
      throw new RefusedException(new PermissionDenied("subscribe"));
    }
    MediaChoice choice = wish.choice(terms(find(id)));
    int max = environment.limits().subscriptionsPerConnection();
    if (subscriber.subscriptions().size() >= max) {
      throw new RefusedException(new SessionError.LimitReached(Limit.SUBSCRIPTIONS, max));
    }
    SubscriptionId subscription = new SubscriptionId(environment.ids().get().toString());
    room.subscribe(subscriber.id(), subscription, id, choice);
    subscriber
        .subscriptions()
        .put(subscription, new Subscription(id, wish, choice, pace(subscriber, subscription)));
    return subscription;
  }

  void updateSubscription(Member subscriber, SubscriptionId id, SubscriptionUpdate update)
      throws RefusedException {
    Subscription now = subscriber.subscriptions().get(id);
    if (now == null) {
      throw new RefusedException(new SessionError.SubscriptionNotFound());
    }
    Subscription wished = now.with(update.appliedTo(now.wish()));
    if (wished.isBehind() && now.pace().admitsNow()) {
      send(subscriber, id, wished);
    } else {
      subscriber.subscriptions().put(id, wished);
    }
  }

  private void send(Member subscriber, SubscriptionId id, Subscription wished) {
    room.updateSubscription(subscriber.id(), id, wished.wanted());
    subscriber.subscriptions().put(id, wished.with(wished.wanted()));
  }

  private ChangePace pace(Member subscriber, SubscriptionId id) {
    return new ChangePace(later, () -> catchUp(subscriber, id));
  }

  private void catchUp(Member subscriber, SubscriptionId id) {
    Subscription wished = subscriber.subscriptions().get(id);
    if (audience.contains(subscriber) && wished != null && wished.isBehind()) {
      send(subscriber, id, wished);
    }
  }

  void unsubscribe(Member subscriber, SubscriptionId id) throws RefusedException {
    if (subscriber.subscriptions().remove(id) == null) {
      throw new RefusedException(new SessionError.SubscriptionNotFound());
    }
    room.unsubscribe(subscriber.id(), id);
  }

  void answer(Member subscriber, int revision, String sdp) throws RefusedException {
    room.answer(subscriber.id(), revision, sdp);
  }

  void restartSubscribe(Member subscriber, boolean renew) {
    room.restartSubscribe(subscriber.id(), renew);
  }

  RoomStatistics statistics() {
    return room.statistics();
  }

  /** Published streams of which nothing comes now. */
  Set<StreamId> interrupted() {
    return Set.copyOf(interrupted);
  }

  void interrupt(StreamId id) {
    // The stream may have ended while the report was on its way.
    Stream stream = published.get(id);
    if (stream != null && interrupted.add(id)) {
      audience.tellOthers(stream.connectionId(), new SessionEvent.StreamInterrupted(id));
    }
  }

  void restore(StreamId id) {
    Stream stream = published.get(id);
    if (stream != null && interrupted.remove(id)) {
      audience.tellOthers(stream.connectionId(), new SessionEvent.StreamRestored(id));
    }
  }

  /** Whose publisher spoke last; empty when nobody has, or when that stream has ended. */
  Optional<StreamId> speaker() {
    return speaker;
  }

  void speak(StreamId id) {
    Optional<StreamId> speaking = Optional.of(id);
    if (published.containsKey(id) && !speaking.equals(speaker)) {
      speaker = speaking;
      audience.tellAll(new SessionEvent.ActiveSpeakerChanged(id));
    }
  }

  void want(StreamId id, List<String> rids) {
    Stream stream = published.get(id);
    if (stream != null) {
      audience
          .find(stream.connectionId())
          .ifPresent(
              publisher ->
                  audience.tell(publisher, new SessionEvent.WantedLayersChanged(id, rids)));
    }
  }

  /** Ends all that a member had, once it is no longer in the audience. */
  void removeAllOf(Member member, LeaveReason reason) {
    for (Stream stream : published()) {
      if (stream.connectionId().equals(member.id())) {
        destroy(member.id(), stream.id(), reason);
      }
    }
    room.remove(member.id());
  }

  /** Ends the media of the session; nobody is told. */
  void close() {
    published.clear();
    room.close();
  }

  private void announce(Member publisher, StreamId id, StreamDescription description) {
    Stream stream =
        new Stream(
            id,
            publisher.id(),
            description,
            publisher.layoutClasses(),
            environment.clock().instant());
    published.put(id, stream);
    audience.tellOthers(publisher.id(), new SessionEvent.StreamCreated(stream));
  }

  private void destroy(ConnectionId publisher, StreamId id, LeaveReason reason) {
    published.remove(id);
    interrupted.remove(id);
    speaker = speaker.filter(speaking -> !speaking.equals(id));
    for (Member member : audience.members()) {
      member.subscriptions().values().removeIf(each -> each.stream().equals(id));
    }
    audience.tellOthers(publisher, new SessionEvent.StreamDestroyed(id, reason));
  }

  /** Subscriber audio fallback is a promise of routed sessions only. */
  private VideoTerms terms(Stream stream) {
    StreamDescription description = stream.description();
    return new VideoTerms(
        mediaMode == MediaMode.ROUTED && description.mayFallBack(),
        description.videoType().equals(Optional.of(VideoType.SCREEN)));
  }

  private long publishedBy(Member member) {
    return published.values().stream()
        .filter(stream -> stream.connectionId().equals(member.id()))
        .count();
  }

  private Stream find(StreamId id) throws RefusedException {
    Stream stream = published.get(id);
    if (stream == null) {
      throw new RefusedException(new StreamNotFound());
    }
    return stream;
  }

  private void requireOwn(Member member, StreamId id) throws RefusedException {
    Stream stream = published.get(id);
    boolean own =
        member.reservedStreams().containsKey(id)
            || (stream != null && stream.connectionId().equals(member.id()));
    if (!own) {
      throw new RefusedException(new StreamNotFound());
    }
  }

  private static void requireMayPublish(Member member) throws RefusedException {
    if (!member.connection().role().mayPublish()) {
      throw new RefusedException(new PermissionDenied("publish"));
    }
  }
}

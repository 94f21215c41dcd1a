package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.live.SessionEvent.Change;
import dev.sluice.session.media.SubscribeOffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client that follows the protocol believes: the snapshot of its joining, changed by the
 * events since. Whatever could not be true of a session is a breach. Events that come before the
 * snapshot are kept until it is there, as a client's socket does.
 */
final class SessionView implements ParticipantListener {
  final List<String> breaches = new ArrayList<>();
  private final List<SessionEvent> early = new ArrayList<>();
  private final Map<ConnectionId, Connection> connections = new LinkedHashMap<>();
  private final Map<StreamId, Stream> others = new LinkedHashMap<>();
  private final Set<StreamId> interrupted = new HashSet<>();
  private Optional<StreamId> speaker = Optional.empty();
  private Optional<Participant> participant = Optional.empty();
  private Optional<SubscribeOffer> offer = Optional.empty();
  private boolean left;

  /** The join returned. */
  synchronized void joined(Participant joined) {
    participant = Optional.of(joined);
    joined.othersAtJoin().forEach(each -> connections.put(each.id(), each));
    joined.streamsAtJoin().forEach(each -> others.put(each.id(), each));
    early.forEach(this::follow);
    early.clear();
  }

  /** The leave returned: from now on every event is a breach. */
  synchronized void left() {
    left = true;
  }

  @Override
  public synchronized void onEvent(SessionEvent event) {
    if (left) {
      breaches.add("told after leaving: " + event);
    } else if (participant.isEmpty()) {
      early.add(event);
    } else {
      follow(event);
    }
  }

  synchronized List<Connection> connections() {
    return List.copyOf(connections.values());
  }

  synchronized List<Stream> others() {
    return List.copyOf(others.values());
  }

  /** The offer that waits for an answer, once. */
  synchronized Optional<SubscribeOffer> takeOffer() {
    Optional<SubscribeOffer> taken = offer;
    offer = Optional.empty();
    return taken;
  }

  private void follow(SessionEvent event) {
    switch (event) {
      case SessionEvent.ConnectionCreated(Connection connection) ->
          expect(connections.put(connection.id(), connection) == null, event);
      case SessionEvent.ConnectionDestroyed(ConnectionId id, var _) -> {
        expect(connections.remove(id) != null, event);
        expect(others.values().stream().noneMatch(each -> each.connectionId().equals(id)), event);
      }
      case SessionEvent.StreamCreated(Stream stream) -> {
        expect(connections.containsKey(stream.connectionId()), event);
        expect(others.put(stream.id(), stream) == null, event);
      }
      case SessionEvent.StreamDestroyed(StreamId id, var _) -> {
        expect(others.remove(id) != null, event);
        interrupted.remove(id);
      }
      case SessionEvent.StreamChanged(StreamId id, Change change) ->
          others.computeIfPresent(id, (_, stream) -> changed(stream, change, event));
      case SessionEvent.SignalReceived(var _, Optional<ConnectionId> from) ->
          expect(from.isEmpty() || isHere(from.get()), event);
      case SessionEvent.StreamInterrupted(StreamId id) ->
          expect(others.containsKey(id) && interrupted.add(id), event);
      case SessionEvent.StreamRestored(StreamId id) -> expect(interrupted.remove(id), event);
      case SessionEvent.SubscriptionRefused _ -> {}
      case SessionEvent.VideoQualityChanged _ -> {}
      case SessionEvent.ActiveSpeakerChanged(StreamId id) -> {
        expect(!speaker.equals(Optional.of(id)), event);
        speaker = Optional.of(id);
      }
      case SessionEvent.WantedLayersChanged(StreamId id, var _) ->
          expect(!others.containsKey(id), event);
      case SessionEvent.SubscribeOffered(SubscribeOffer offered) -> {
        expect(offer.isEmpty(), event);
        offer = Optional.of(offered);
      }
      case SessionEvent.Disconnected(var _) -> left = true;
    }
  }

  private boolean isHere(ConnectionId id) {
    return connections.containsKey(id)
        || participant.map(own -> own.connection().id().equals(id)).orElse(false);
  }

  private Stream changed(Stream stream, Change change, SessionEvent event) {
    StreamDescription old = stream.description();
    boolean hasAudio = old.hasAudio();
    boolean hasVideo = old.hasVideo();
    VideoDimensions dimensions = old.videoDimensions();
    switch (change) {
      case Change.HasAudio(boolean before, boolean after) -> {
        expect(before == hasAudio && before != after, event);
        hasAudio = after;
      }
      case Change.HasVideo(boolean before, boolean after, var _) -> {
        expect(before == hasVideo && before != after, event);
        hasVideo = after;
      }
      case Change.Dimensions(VideoDimensions before, VideoDimensions after) -> {
        expect(before.equals(dimensions) && !before.equals(after), event);
        dimensions = after;
      }
    }
    return new Stream(
        stream.id(),
        stream.connectionId(),
        new StreamDescription(
            old.name(),
            old.initials(),
            old.videoType(),
            hasAudio,
            hasVideo,
            dimensions,
            old.frameRate(),
            old.audioFallback()),
        stream.layoutClasses(),
        stream.createdAt());
  }

  private void expect(boolean possible, SessionEvent event) {
    if (!possible) {
      breaches.add("impossible in this view: " + event);
    }
  }
}

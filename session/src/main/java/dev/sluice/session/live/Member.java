package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One participant as its session sees it. Owned by the session's mailbox. */
final class Member {
  private final Connection connection;
  private final List<String> layoutClasses;
  private final ParticipantListener listener;
  private final Map<StreamId, StreamDescription> reservedStreams = new HashMap<>();
  private final Map<SubscriptionId, Subscription> subscriptions = new HashMap<>();

  Member(Connection connection, List<String> layoutClasses, ParticipantListener listener) {
    this.connection = connection;
    this.layoutClasses = layoutClasses;
    this.listener = listener;
  }

  /**
   * To which stream.
   *
   * @param wish what the subscriber wants of it
   * @param choice what the media were told to send of it
   * @param pace of changes to that
   */
  record Subscription(StreamId stream, SubscriptionWish wish, MediaChoice choice, ChangePace pace) {
    Subscription with(SubscriptionWish changed) {
      return new Subscription(stream, changed, choice, pace);
    }

    Subscription with(MediaChoice told) {
      return new Subscription(stream, wish, told, pace);
    }

    /** What the media are to be told to send. */
    MediaChoice wanted() {
      return wish.choice(choice.terms());
    }

    /** Whether the media were told to send something else than what is wanted. */
    boolean isBehind() {
      return !wanted().equals(choice);
    }
  }

  ConnectionId id() {
    return connection.id();
  }

  Connection connection() {
    return connection;
  }

  List<String> layoutClasses() {
    return layoutClasses;
  }

  ParticipantListener listener() {
    return listener;
  }

  /** Streams that nobody else has seen yet. */
  Map<StreamId, StreamDescription> reservedStreams() {
    return reservedStreams;
  }

  Map<SubscriptionId, Subscription> subscriptions() {
    return subscriptions;
  }
}

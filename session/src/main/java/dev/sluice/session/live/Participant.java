package dev.sluice.session.live;

import dev.sluice.session.Connection;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Signal;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.PublishOffer;
import java.util.List;
import java.util.Optional;

/**
 * One connected client's hold on its session: what signalling calls for it. Every call blocks until
 * the session's mailbox has carried it out. After {@link #leave} every call is refused with {@code
 * ConnectionNotFound}. A call that the media plane failed to carry out ends with a {@link
 * MediaFaultException}; what ends something (unpublish, unsubscribe, leave) has happened even then.
 */
public interface Participant {
  Connection connection();

  /** The other connections at the moment of joining, oldest first. */
  List<Connection> othersAtJoin();

  /** The streams at the moment of joining, oldest first. */
  List<Stream> streamsAtJoin();

  /** Reserves a stream; others see it once {@link #negotiatePublish} has named it. */
  StreamId publish(StreamDescription description) throws RefusedException;

  /** Takes an offer of the publish PeerConnection; returns the answer's SDP. */
  String negotiatePublish(PublishOffer offer) throws RefusedException;

  void unpublish(StreamId stream) throws RefusedException;

  void updateStream(StreamId stream, StreamUpdate update) throws RefusedException;

  SubscriptionId subscribe(StreamId stream, SubscriptionWish wish) throws RefusedException;

  void updateSubscription(SubscriptionId subscription, SubscriptionUpdate update)
      throws RefusedException;

  void unsubscribe(SubscriptionId subscription) throws RefusedException;

  void answerSubscribe(int revision, String sdp) throws RefusedException;

  /**
   * Brings an offer with new ICE credentials for the subscribe PeerConnection; with {@code renew}
   * the offer of a new one. Nothing happens for who never subscribed.
   */
  void restartSubscribe(boolean renew) throws RefusedException;

  /** Sends to one connection, or to everyone in the session, the sender included. */
  void signal(Signal signal, Optional<ConnectionId> to) throws RefusedException;

  /** Leaves the session; idempotent. The listener gets no further event. */
  void leave(LeaveReason reason);
}

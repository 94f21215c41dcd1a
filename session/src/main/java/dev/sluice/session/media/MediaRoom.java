package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;

/**
 * The media of one session. Every call blocks until the worker has carried it out (milliseconds)
 * and is made from the session's mailbox, one at a time. Ids that are not known are ignored where
 * something is to be removed.
 */
public interface MediaRoom extends AutoCloseable {
  /**
   * Takes the offer of a connection's publish PeerConnection, the first or a later one.
   *
   * @return the answer's SDP
   * @throws RefusedException with {@code InvalidSdp} or {@code UnsupportedMedia}
   */
  String publish(ConnectionId connection, PublishOffer offer) throws RefusedException;

  /** Ends a stream and every subscription to it. */
  void unpublish(ConnectionId connection, StreamId stream);

  /**
   * Subscribes a connection to a stream that was published before; an offer follows through the
   * {@link MediaListener}.
   */
  void subscribe(
      ConnectionId connection, SubscriptionId subscription, StreamId stream, MediaChoice choice);

  void updateSubscription(ConnectionId connection, SubscriptionId subscription, MediaChoice choice);

  void unsubscribe(ConnectionId connection, SubscriptionId subscription);

  /**
   * Takes the answer to the outstanding offer.
   *
   * @throws RefusedException with {@code StaleRevision} or {@code InvalidSdp}
   */
  void answer(ConnectionId connection, int revision, String sdp) throws RefusedException;

  /**
   * Makes an offer with new ICE credentials for a subscribe PeerConnection whose path is in doubt;
   * with {@code renew} one for a new PeerConnection. Ignored for a connection that never
   * subscribed.
   */
  void restartSubscribe(ConnectionId connection, boolean renew);

  /** What the room's transports have carried so far. */
  RoomStatistics statistics();

  /** Ends both PeerConnections of a connection, its streams and its subscriptions. */
  void remove(ConnectionId connection);

  /** Ends everything in the room. */
  @Override
  void close();
}

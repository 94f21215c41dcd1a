package dev.sluice.router.room;

import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.worker.WorkerUnavailableException;
import dev.sluice.transport.negotiation.NegotiationException;
import java.util.List;

/**
 * The media of one session, pinned to one worker. Calls are made one at a time and block until the
 * worker has carried them out (milliseconds); every one can throw {@link
 * WorkerUnavailableException}. Ids are 1 to 36 visible characters. An id that is not known is
 * ignored where something is to be changed or removed.
 */
public interface Room extends AutoCloseable {
  /**
   * Takes the offer of a peer's publish PeerConnection, the first or a later one.
   *
   * @param tracks the stream of every sending m-section; a section without one is answered, and
   *     what comes in it is dropped
   * @return the answer's SDP
   * @throws NegotiationException when the offer is invalid or has no codec in common; what was
   *     agreed before stays in force
   */
  String publish(String peer, String sdp, List<OfferedTrack> tracks) throws NegotiationException;

  /** Ends a peer's stream and every subscription to it. */
  void unpublish(String peer, String streamId);

  /**
   * Subscribes a peer to a stream; an offer follows through {@link RoomListener}. Both media of the
   * stream are negotiated, whatever is wanted now.
   */
  void subscribe(String peer, String subscriptionId, String streamId, MediaChoice choice);

  /** Stops or resumes a medium, or chooses another layer, without negotiation. */
  void updateSubscription(String peer, String subscriptionId, MediaChoice choice);

  void unsubscribe(String peer, String subscriptionId);

  /**
   * Takes the answer to the outstanding offer of a peer's subscribe PeerConnection.
   *
   * @throws NegotiationException when it is for another revision or invalid; the offer stays
   *     outstanding
   */
  void answer(String peer, int revision, String sdp) throws NegotiationException;

  /**
   * Offers new ICE credentials for a peer's subscribe PeerConnection, whose path is in doubt. Media
   * go on over the old path until the peer has nominated another. Ignored for a peer that never
   * subscribed.
   *
   * @param renew whether to offer a new PeerConnection in place of one that has failed for good; so
   *     is done too where the transport has ended
   */
  void restartSubscribe(String peer, boolean renew);

  /** What the room's transports have carried so far. */
  RoomSnapshot snapshot();

  /** Ends both PeerConnections of a peer, its streams and its subscriptions. */
  void remove(String peer);

  /** Ends everything in the room; idempotent. */
  @Override
  void close();
}

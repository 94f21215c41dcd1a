package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;

/** What the media plane tells a session. Called on a worker thread: must only enqueue. */
public interface MediaListener {
  /** There is a new offer for this connection's subscribe PeerConnection. */
  void onSubscribeOffer(ConnectionId connection, SubscribeOffer offer);
}

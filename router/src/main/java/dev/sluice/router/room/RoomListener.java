package dev.sluice.router.room;

import dev.sluice.router.live.TransportSide;

/** What a room tells its caller. Must only enqueue: it may be called on the worker's thread. */
public interface RoomListener {
  /**
   * There is a new offer for this peer's subscribe PeerConnection. Called within the call of {@link
   * Room} that made it necessary.
   */
  void onSubscribeOffer(String peer, SubscribeOffer offer);

  /**
   * One of the peer's transports ended by itself: the peer closed it, its handshake failed or it
   * was not heard of for 30 s. Worker thread.
   *
   * @param reason for logs and for people
   */
  void onTransportClosed(String peer, TransportSide side, String reason);
}

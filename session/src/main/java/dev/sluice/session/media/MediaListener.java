package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;

/** What the media plane tells a session. Called on a worker thread: must only enqueue. */
public interface MediaListener {
  /** There is a new offer for this connection's subscribe PeerConnection. */
  void onSubscribeOffer(ConnectionId connection, SubscribeOffer offer);

  /** Nothing has come from the publisher's transport for 5 s. */
  void onStreamInterrupted(StreamId stream);

  /** Media of a stream that was interrupted flow again. */
  void onStreamRestored(StreamId stream);

  /**
   * The client's answer took no codec for one medium of a subscription: nothing of it is sent, the
   * other medium goes on.
   *
   * @param codec the publisher's, by its name in SDP
   */
  void onSubscriptionRefused(
      ConnectionId connection,
      SubscriptionId subscription,
      StreamId stream,
      MediaKind kind,
      String codec);
}

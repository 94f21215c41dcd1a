package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import java.util.List;

/** What the media plane tells a session. Called on a worker thread: must only enqueue. */
public interface MediaListener {
  /** There is a new offer for this connection's subscribe PeerConnection. */
  void onSubscribeOffer(ConnectionId connection, SubscribeOffer offer);

  /** Nothing has come from the publisher's transport for 5 s. */
  void onStreamInterrupted(StreamId stream);

  /** Media of a stream that was interrupted flow again. */
  void onStreamRestored(StreamId stream);

  /**
   * How well the network carries the video of a subscription changed. It was good at first; a
   * warning comes before it is off, and after that it is good again.
   */
  void onVideoQuality(ConnectionId connection, SubscriptionId subscription, VideoQuality quality);

  /** The publisher of another stream than before speaks. */
  void onActiveSpeaker(StreamId stream);

  /**
   * Other simulcast encodings of a stream than before are wanted by anybody.
   *
   * @param rids the lowest first
   */
  void onWantedLayers(StreamId stream, List<String> rids);

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

package dev.sluice.router.room;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.MediaKind;
import dev.sluice.router.live.TransportSide;
import java.util.List;

/** What a room tells its caller. Must only enqueue: it may be called on the worker's thread. */
public interface RoomListener {
  /**
   * There is a new offer for this peer's subscribe PeerConnection. Called within the call of {@link
   * Room} that made it necessary, or on a thread of the room's own when a transport ended by
   * itself. An offer of a new PeerConnection may come while an answer is outstanding, which then is
   * not waited for any more.
   */
  void onSubscribeOffer(String peer, SubscribeOffer offer);

  /**
   * The peer's answer took no codec for one medium of a subscription: nothing of it is sent, and it
   * isn't offered again in that codec. Called within {@link Room#answer}.
   *
   * @param codec the publisher's, by its name in SDP
   */
  void onSubscriptionRefused(
      String peer, String subscriptionId, String streamId, MediaKind kind, String codec);

  /**
   * No authenticated packet of the stream's publisher has come for 5 s, or its transport has ended
   * by itself. The stream stays. Worker thread.
   */
  void onStreamInterrupted(String streamId);

  /** Media of a stream that was interrupted flow again. Worker thread. */
  void onStreamRestored(String streamId);

  /**
   * How well the network carries the video of a subscription changed, as {@link
   * dev.sluice.router.fallback.FallbackListener} has it. Worker thread.
   */
  void onVideoQuality(String peer, String subscriptionId, VideoQuality quality);

  /** Another stream's publisher speaks; nobody is told when they fall silent. Worker thread. */
  void onActiveSpeaker(String streamId);

  /**
   * The simulcast encodings of a stream that anybody wants are others than before: its publisher
   * may stop sending the rest. The lowest is always wanted. Worker thread.
   *
   * @param rids the lowest first
   */
  void onWantedLayers(String publisher, String streamId, List<String> rids);

  /**
   * One of the peer's transports ended by itself: the peer closed it, its handshake failed or it
   * was not heard of for 30 s. A new offer of the peer replaces the one to publish on; the one to
   * subscribe on is replaced by the next offer to the peer, which comes at once if media had
   * flowed. Worker thread.
   *
   * @param reason for logs and for people
   */
  void onTransportClosed(String peer, TransportSide side, String reason);
}

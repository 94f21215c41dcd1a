package dev.sluice.router.live;

import dev.sluice.router.fallback.VideoQuality;
import java.util.List;

/** What a live room tells on its own. Worker thread: must only enqueue. */
public interface LiveListener {
  /** A transport of a peer ended by itself. */
  void onTransportClosed(ClosedTransport closed);

  /** No authenticated packet of a stream's publisher has come for 5 s, or its transport ended. */
  void onStreamInterrupted(String streamId);

  /** Media of a stream that was interrupted flow again. */
  void onStreamRestored(String streamId);

  /** How well the network carries the video of a subscription changed. */
  void onVideoQuality(String peer, String subscriptionId, VideoQuality quality);

  /** Another stream's publisher speaks. */
  void onActiveSpeaker(String streamId);

  /**
   * The encodings of a stream that anybody wants are others than before.
   *
   * @param rids of its simulcast encodings, the lowest first
   */
  void onWantedLayers(String publisher, String streamId, List<String> rids);
}

package dev.sluice.router.live;

/** What a live room tells on its own. Worker thread: must only enqueue. */
public interface LiveListener {
  /** A transport of a peer ended by itself. */
  void onTransportClosed(ClosedTransport closed);

  /** No authenticated packet of a stream's publisher has come for 5 s, or its transport ended. */
  void onStreamInterrupted(String streamId);

  /** Media of a stream that was interrupted flow again. */
  void onStreamRestored(String streamId);
}

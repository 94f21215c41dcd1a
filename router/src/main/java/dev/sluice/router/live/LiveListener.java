package dev.sluice.router.live;

/** What a live room tells on its own. Worker thread: must only enqueue. */
public interface LiveListener {
  /** A transport of a peer ended by itself, for the reason given. */
  void onTransportClosed(String peer, TransportSide side, String reason);
}

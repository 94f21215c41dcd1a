package dev.sluice.router.live;

/** Which of a peer's two PeerConnections. */
public enum TransportSide {
  PUBLISH,
  SUBSCRIBE
}

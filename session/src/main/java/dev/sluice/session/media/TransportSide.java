package dev.sluice.session.media;

/** Which of a client's two PeerConnections. */
public enum TransportSide {
  PUBLISH,
  SUBSCRIBE
}

package dev.sluice.transport;

/** How far a {@link Transport} has come. It only moves downwards in this list. */
public enum TransportState {
  /** No authenticated STUN check has arrived yet. */
  NEW,
  /** A path is chosen; the DTLS handshake runs or is awaited. */
  CONNECTING,
  /** SRTP keys are in place: media can flow both ways. */
  CONNECTED,
  /** Ended by either side, by a failed handshake or by expired consent. Terminal. */
  CLOSED
}

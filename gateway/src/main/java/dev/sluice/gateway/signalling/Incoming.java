package dev.sluice.gateway.signalling;

/** What a text frame turned out to be. */
sealed interface Incoming {
  record Request(long id, SignallingRequest request) implements Incoming {}

  /** A request that cannot be carried out; it can be answered since it has an id. */
  record Refused(long id, SignallingError error) implements Incoming {}

  /** Not a JSON object with an integer {@code id}: there is no one to reply to. */
  record NotThisProtocol() implements Incoming {}
}

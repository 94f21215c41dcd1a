package dev.sluice.transport.negotiation;

/** Why a description of the client was not taken. The negotiation is as it was before. */
public sealed interface Refusal {
  /** For people: what is wrong, without secrets. */
  String message();

  /** The description can't be read or lacks something. */
  record InvalidSdp(String message) implements Refusal {}

  /** A section that sends has no codec in common with us. */
  record UnsupportedMedia(String message) implements Refusal {}

  /** The answer is not for the outstanding offer. */
  record StaleRevision(String message) implements Refusal {}
}

package dev.sluice.transport.negotiation;

/**
 * What an m-section of a subscribe PeerConnection is used for.
 *
 * <p>A track that ended leaves its section {@link Retiring} until the client has answered an offer
 * in which it is inactive. Were it reused at once, the client would see a sending section go on
 * sending and fire no {@code track} event for the new track.
 */
sealed interface SlotUse<K> {
  record Sending<K>(SentTrack<K> track) implements SlotUse<K> {}

  record Retiring<K>() implements SlotUse<K> {}

  /** Inactive, and the client knows: a new track of the same medium may have it. */
  record Free<K>() implements SlotUse<K> {}

  /** Rejected by the client: any new track may have its place, with a new mid. */
  record Rejected<K>() implements SlotUse<K> {}
}

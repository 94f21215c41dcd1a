package dev.sluice.router.pace;

/**
 * What waited of a track and was dropped. None of it was seen by the subscriber, so its numbers can
 * be given again.
 *
 * @param lastSequenceNumber of the newest packet that was sent before, 0 to 65535
 * @param packets how many were dropped, retransmissions not counted
 * @param payloadBytes of these, without headers
 */
public record Unsent(int lastSequenceNumber, int packets, int payloadBytes) {}

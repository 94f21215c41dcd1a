package dev.sluice.router.live;

import dev.sluice.transport.IceCredentials;

/**
 * Our end of one of a peer's transports.
 *
 * @param generation another number for each transport of the peer: after one has closed, the next
 *     negotiation starts afresh on a new one
 */
public record Endpoint(long generation, IceCredentials credentials) {}

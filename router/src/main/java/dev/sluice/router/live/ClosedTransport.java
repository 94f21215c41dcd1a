package dev.sluice.router.live;

/**
 * A transport that ended by itself: the peer closed it, its handshake failed or it was not heard of
 * for 30 s.
 *
 * @param generation see {@link Endpoint}
 * @param wasConnected whether media could flow before
 * @param reason for logs and for people
 */
public record ClosedTransport(
    String peer, TransportSide side, long generation, boolean wasConnected, String reason) {}

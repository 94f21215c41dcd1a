package dev.sluice.transport.sdp;

/**
 * An ICE candidate (RFC 8839 §5.1).
 *
 * @param address an IP address or, from browsers that hide theirs, an mDNS name
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record Candidate(
    String foundation,
    int component,
    String protocol,
    long priority,
    String address,
    int port,
    String type) {}

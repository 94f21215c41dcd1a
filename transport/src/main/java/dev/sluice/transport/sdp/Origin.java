package dev.sluice.transport.sdp;

/**
 * Identity and version of a description (RFC 8866 §5.2, RFC 8829 §5.2.1).
 *
 * @param sessionId stays the same for the life of a PeerConnection; 0 to 2^63-1
 * @param version grows by one with each description that differs
 */
public record Origin(long sessionId, long version) {}

package dev.sluice.transport.sdp;

/**
 * The MediaStream and track an m-section stands for (RFC 8830).
 *
 * @param stream id of the MediaStream, {@code -} for none
 * @param track id of the MediaStreamTrack; may be empty
 */
public record Msid(String stream, String track) {}

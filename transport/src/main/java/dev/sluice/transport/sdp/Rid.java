package dev.sluice.transport.sdp;

/**
 * A restriction identifier: the name of one simulcast layer (RFC 8851).
 *
 * @param id letters, digits, {@code -} and {@code _}
 * @param send whether the writer of the description sends this layer; else it receives it
 */
public record Rid(String id, boolean send) {}

package dev.sluice.transport.sdp;

/**
 * The hash of a DTLS certificate (RFC 8122 §5).
 *
 * @param algorithm in lower case, for example {@code sha-256}
 * @param value upper-case hex pairs with colons
 */
public record Fingerprint(String algorithm, String value) {}

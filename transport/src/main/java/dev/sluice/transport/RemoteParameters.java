package dev.sluice.transport;

/**
 * What the peer's session description says of its end of the transport.
 *
 * @param credentials the peer's ICE credentials
 * @param fingerprint SHA-256 fingerprint of the peer's DTLS certificate: upper-case hex pairs with
 *     colons (RFC 8122 §5)
 */
public record RemoteParameters(IceCredentials credentials, String fingerprint) {}

package dev.sluice.transport.sdp;

import java.util.Optional;

/**
 * An announced SSRC (RFC 5576 §4.1).
 *
 * @param ssrc as in RTP, unsigned
 * @param cname its canonical name, where one is given
 */
public record Source(int ssrc, Optional<String> cname) {}

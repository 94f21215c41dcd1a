package dev.sluice.transport.negotiation;

import java.util.OptionalInt;

/**
 * A track we offer to a client.
 *
 * @param key the caller's name for it
 * @param ssrc its packets', unsigned
 * @param rtxSsrc its retransmissions'; empty when the codec has none
 */
public record SentTrack<K>(
    K key, String mid, SupportedCodec codec, TrackLabel label, int ssrc, OptionalInt rtxSsrc) {}

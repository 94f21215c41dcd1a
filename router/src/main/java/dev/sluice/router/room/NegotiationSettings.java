package dev.sluice.router.room;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.negotiation.LocalParameters;
import dev.sluice.transport.negotiation.MediaCapabilities;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What every negotiation of a room has in common.
 *
 * @param fingerprint of our DTLS certificate
 * @param candidates where peers reach the room's worker, the preferred one first
 * @param adaptation how what subscribers are sent is adapted to their networks
 * @param random for SSRCs and SDP session ids; used from the caller's thread of any room
 */
public record NegotiationSettings(
    MediaCapabilities capabilities,
    String fingerprint,
    List<InetSocketAddress> candidates,
    AdaptationSettings adaptation,
    RandomGenerator random) {
  public NegotiationSettings {
    candidates = List.copyOf(candidates);
  }

  LocalParameters local(IceCredentials credentials) {
    return new LocalParameters(credentials, fingerprint, candidates);
  }

  long newSdpSessionId() {
    // RFC 8829 §5.2.1: 64 bits with the highest one zero.
    return random.nextLong() >>> 1;
  }
}

package dev.sluice.transport.negotiation;

import dev.sluice.transport.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Our end of the transport, as a description tells it.
 *
 * @param fingerprint SHA-256 of our certificate: upper-case hex pairs with colons
 * @param candidates resolved addresses of both families, within each the preferred one first; at
 *     least one
 */
public record LocalParameters(
    IceCredentials credentials, String fingerprint, List<InetSocketAddress> candidates) {
  public LocalParameters {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("no candidate address");
    }
    for (InetSocketAddress candidate : candidates) {
      if (candidate.isUnresolved() || candidate.getAddress().isAnyLocalAddress()) {
        throw new IllegalArgumentException("no address to send to: " + candidate);
      }
    }
  }

  /** The same end after an ICE restart. */
  LocalParameters with(IceCredentials other) {
    return new LocalParameters(other, fingerprint, candidates);
  }
}

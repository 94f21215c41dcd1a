package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Candidate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Our addresses as host candidates (RFC 8445 §5.1.1), with their priorities. */
final class LocalCandidates {
  private LocalCandidates() {}

  static List<Candidate> of(List<InetSocketAddress> addresses) {
    List<Candidate> candidates = new ArrayList<>();
    for (InetSocketAddress address : interleaved(addresses)) {
      // Each has a base of its own, so each has a foundation of its own (RFC 8445 §5.1.1.3).
      int foundation = candidates.size() + 1;
      candidates.add(
          new Candidate(
              Integer.toString(foundation),
              1,
              "udp",
              priority(foundation),
              address.getAddress().getHostAddress(),
              address.getPort(),
              "host"));
    }
    return candidates;
  }

  /** RFC 8421 §4: IPv6 and IPv4 in turns, IPv6 first, each family in its own order. */
  private static List<InetSocketAddress> interleaved(List<InetSocketAddress> addresses) {
    List<InetSocketAddress> ipv6 = new ArrayList<>();
    List<InetSocketAddress> ipv4 = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      InetAddress plain = withoutZone(address.getAddress());
      (plain instanceof Inet6Address ? ipv6 : ipv4)
          .add(new InetSocketAddress(plain, address.getPort()));
    }
    List<InetSocketAddress> inTurns = new ArrayList<>();
    for (int i = 0; i < Math.max(ipv6.size(), ipv4.size()); i++) {
      if (i < ipv6.size()) {
        inTurns.add(ipv6.get(i));
      }
      if (i < ipv4.size()) {
        inTurns.add(ipv4.get(i));
      }
    }
    return inTurns;
  }

  /**
   * The zone of a link-local address means nothing to the peer (RFC 4007 §6). An IPv4 address that
   * is mapped to IPv6 comes out as IPv4.
   */
  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException neverForAnAddressOfAnAddress) {
      throw new IllegalStateException(neverForAnAddressOfAnAddress);
    }
  }

  /** RFC 8445 §5.1.2.1: type preference 126 for a host candidate, component 1. */
  private static long priority(int place) {
    return (126L << 24) + ((65536L - place) << 8) + (256 - 1);
  }
}

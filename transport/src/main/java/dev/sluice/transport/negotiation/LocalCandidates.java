package dev.sluice.transport.negotiation;

import dev.sluice.transport.sdp.Candidate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
              withoutZone(address.getAddress()),
              address.getPort(),
              "host"));
    }
    return candidates;
  }

  /** RFC 8421 §4: IPv6 and IPv4 in turns, IPv6 first, each family in its own order. */
  private static List<InetSocketAddress> interleaved(List<InetSocketAddress> addresses) {
    Map<Boolean, List<InetSocketAddress>> families =
        addresses.stream()
            .collect(
                Collectors.partitioningBy(address -> address.getAddress() instanceof Inet6Address));
    Iterator<InetSocketAddress> ipv6 = families.getOrDefault(true, List.of()).iterator();
    Iterator<InetSocketAddress> ipv4 = families.getOrDefault(false, List.of()).iterator();
    List<InetSocketAddress> inTurns = new ArrayList<>();
    while (ipv6.hasNext() || ipv4.hasNext()) {
      if (ipv6.hasNext()) {
        inTurns.add(ipv6.next());
      }
      if (ipv4.hasNext()) {
        inTurns.add(ipv4.next());
      }
    }
    return inTurns;
  }

  /** The zone of a link-local address means nothing to the peer (RFC 4007 §6). */
  private static String withoutZone(InetAddress address) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    return zone < 0 ? host : host.substring(0, zone);
  }

  /** RFC 8445 §5.1.2.1: type preference 126 for a host candidate, component 1. */
  private static long priority(int place) {
    return (126L << 24) + ((65536L - place) << 8) + (256 - 1);
  }
}

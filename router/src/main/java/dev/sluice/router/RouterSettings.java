package dev.sluice.router;

import java.net.InetAddress;
import java.util.List;

/**
 * How a {@link MediaRouter} meets the network.
 *
 * @param bindAddresses concrete local addresses to open ports on, never a wildcard
 * @param advertisedAddresses what peers are told to send to, each for the bound one at its index,
 *     the preferred one first; another one where a NAT forwards the same ports to this machine
 * @param basePort UDP port of the first worker, the others have the next ones; 0 for free ports
 * @param workers 1 or more, each with a thread
 */
public record RouterSettings(
    List<InetAddress> bindAddresses,
    List<InetAddress> advertisedAddresses,
    int basePort,
    int workers) {
  public RouterSettings {
    bindAddresses = List.copyOf(bindAddresses);
    advertisedAddresses = List.copyOf(advertisedAddresses);
    if (bindAddresses.isEmpty() || bindAddresses.size() != advertisedAddresses.size()) {
      throw new IllegalArgumentException(
          "bound %s and advertised %s addresses must pair up"
              .formatted(bindAddresses, advertisedAddresses));
    }
    if (workers < 1) {
      throw new IllegalArgumentException("%d workers".formatted(workers));
    }
    if (basePort < 0 || basePort + workers - 1 > 65_535) {
      throw new IllegalArgumentException(
          "%d UDP ports from %d on do not exist".formatted(workers, basePort));
    }
  }
}

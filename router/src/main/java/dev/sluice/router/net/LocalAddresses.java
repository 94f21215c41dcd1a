package dev.sluice.router.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/** Finds the addresses of this machine that a peer could reach. */
public final class LocalAddresses {
  private LocalAddresses() {}

  /**
   * The addresses of all interfaces that are up, IPv4 first, without link-local and multicast ones.
   * Loopback addresses only when there are no others, so that a machine without a network still
   * serves the browser that runs on it.
   */
  public static List<InetAddress> usable() throws IOException {
    List<InetAddress> ipv4 = new ArrayList<>();
    List<InetAddress> ipv6 = new ArrayList<>();
    List<InetAddress> loopback = new ArrayList<>();
    for (NetworkInterface networkInterface : NetworkInterface.networkInterfaces().toList()) {
      if (!networkInterface.isUp()) {
        continue;
      }
      for (InetAddress address : networkInterface.inetAddresses().toList()) {
        if (address.isLoopbackAddress()) {
          if (address instanceof Inet4Address) {
            loopback.add(address);
          }
        } else if (!address.isLinkLocalAddress() && !address.isMulticastAddress()) {
          // Without the interface scope, which means nothing to a peer.
          (address instanceof Inet4Address ? ipv4 : ipv6)
              .add(InetAddress.getByAddress(address.getAddress()));
        }
      }
    }
    ipv4.addAll(ipv6);
    return ipv4.isEmpty() ? List.copyOf(loopback) : List.copyOf(ipv4);
  }
}

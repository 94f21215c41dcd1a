package dev.sluice.router.net;

import java.net.InetAddress;
import java.util.List;

/** Where ports come from: the machine's sockets, or a network in memory. */
public interface Network {
  /**
   * Opens one port on each address, all with the same port number.
   *
   * @param addresses concrete local addresses, never a wildcard
   * @param port 1 to 65535, or 0 for any number that is free on all addresses
   * @throws PortUnavailableException when one of them cannot be opened; none stays open then
   */
  DatagramPorts open(List<InetAddress> addresses, int port) throws PortUnavailableException;
}

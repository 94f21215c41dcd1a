package dev.sluice.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;

/** The addresses that this machine has now. */
public final class LocalAddresses {
  private LocalAddresses() {}

  /**
   * Loopback addresses included; link-local ones left out, because a client on another link cannot
   * use them.
   */
  public static List<InetAddress> all() throws StartException {
    try {
      return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
          .filter(LocalAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(LocalAddresses::withoutScope)
          .toList();
    } catch (SocketException e) {
      throw new StartException(
          "cannot list this machine's network addresses: " + e.getMessage(), e);
    }
  }

  /** {@code fd00::2%eth0} means nothing on another machine, and these are told to clients. */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is always one", e);
    }
  }

  private static boolean isUp(NetworkInterface networkInterface) {
    try {
      return networkInterface.isUp();
    } catch (SocketException e) {
      // It went away between the listing and the question.
      return false;
    }
  }
}

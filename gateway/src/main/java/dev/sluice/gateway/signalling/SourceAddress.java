package dev.sluice.gateway.signalling;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whose sockets are counted together: one IPv4 address, or one IPv6 /64, which is what one
 * subscriber line has (RFC 6177 §2).
 */
record SourceAddress(String network) {
  private static final int NETWORK_BYTES = 8;

  static SourceAddress of(SocketAddress address) {
    if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
      return new SourceAddress(address.toString());
    }
    InetAddress ip = internet.getAddress();
    byte[] bytes =
        ip instanceof Inet6Address
            ? Arrays.copyOf(ip.getAddress(), NETWORK_BYTES)
            : ip.getAddress();
    return new SourceAddress(HexFormat.of().formatHex(bytes));
  }
}

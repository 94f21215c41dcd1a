package dev.sluice.gateway;

import java.net.InetAddress;

/**
 * An IP address or a range of them (CIDR, RFC 4632 §3.1).
 *
 * @param network an address of the range
 * @param prefixBits how many leading bits all of them share: 0 to 32, or 0 to 128
 */
public record AddressRange(InetAddress network, int prefixBits) {
  public AddressRange {
    if (prefixBits < 0 || prefixBits > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "a prefix of %d bits for %s".formatted(prefixBits, network.getHostAddress()));
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    return new AddressRange(
        network,
        slash < 0
            ? network.getAddress().length * Byte.SIZE
            : Integer.parseInt(text, slash + 1, text.length(), 10));
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = prefixBits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefixBits % Byte.SIZE;
    return rest == 0 || (ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixBits;
  }
}

package dev.sluice.transport.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes responses to binding requests, into a buffer of its own that each one overwrites. */
public final class StunResponse {
  private static final int FAMILY_IPV4 = 1;
  private static final int FAMILY_IPV6 = 2;
  private static final byte[] UNKNOWN_ATTRIBUTE_REASON =
      "Unknown Attribute".getBytes(StandardCharsets.US_ASCII);

  private final StunWriter writer = new StunWriter();

  public byte[] buffer() {
    return writer.buffer();
  }

  public int length() {
    return writer.length();
  }

  /** Success: tells the peer the address its request came from (RFC 8489 §14.2). */
  public void success(StunRequest request, InetSocketAddress from, MessageIntegrity integrity) {
    begin(Stun.BINDING_SUCCESS, request);
    byte[] address = withoutMapping(from.getAddress().getAddress());
    byte[] buffer = writer.buffer();
    int value = writer.attribute(Stun.XOR_MAPPED_ADDRESS, 4 + address.length);
    buffer[value] = 0;
    buffer[value + 1] = (byte) (address.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6);
    Stun.putUint16(buffer, value + 2, from.getPort() ^ (Stun.MAGIC_COOKIE >>> 16));
    for (int i = 0; i < address.length; i++) {
      // The pad is the cookie and the transaction id, which stand in the header one after the
      // other.
      buffer[value + 4 + i] = (byte) (address[i] ^ buffer[Stun.COOKIE_OFFSET + i]);
    }
    writer.seal(integrity);
  }

  /** The address of an IPv4 peer at an IPv6 socket (RFC 4291 §2.5.5.2) is its IPv4 address. */
  private static byte[] withoutMapping(byte[] address) {
    boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** Error 420: there are attributes that must be understood and are not (RFC 8489 §6.3.1). */
  public void unknownAttributes(StunRequest request, MessageIntegrity integrity) {
    begin(Stun.BINDING_ERROR, request);
    byte[] buffer = writer.buffer();
    int error = writer.attribute(Stun.ERROR_CODE, 4 + UNKNOWN_ATTRIBUTE_REASON.length);
    Stun.putInt32(buffer, error, 4 << 8 | 20);
    System.arraycopy(
        UNKNOWN_ATTRIBUTE_REASON, 0, buffer, error + 4, UNKNOWN_ATTRIBUTE_REASON.length);
    int unknown = writer.attribute(Stun.UNKNOWN_ATTRIBUTES, 2 * request.unknownCount());
    for (int i = 0; i < request.unknownCount(); i++) {
      Stun.putUint16(buffer, unknown + 2 * i, request.unknown(i));
    }
    writer.seal(integrity);
  }

  private void begin(int type, StunRequest request) {
    writer.begin(type);
    request.copyTransactionId(writer.buffer(), Stun.TRANSACTION_ID_OFFSET);
  }
}

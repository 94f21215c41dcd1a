package dev.sluice.simulation.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The check that makes a path (RFC 8489 §5), as far as {@link PlainTransports} looks at it. */
final class BindingRequest {
  private static final short TYPE = 1;
  private static final int COOKIE = 0x2112_A442;
  private static final short USERNAME = 6;
  private static final int HEADER_BYTES = 20;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;

  private BindingRequest() {}

  static byte[] of(String usernameFragment) {
    byte[] user = (usernameFragment + ":peer").getBytes(StandardCharsets.US_ASCII);
    int attribute = ATTRIBUTE_HEADER_BYTES + (user.length + 3) / 4 * 4;
    return ByteBuffer.allocate(HEADER_BYTES + attribute)
        .putShort(TYPE)
        .putShort((short) attribute)
        .putInt(COOKIE)
        .position(HEADER_BYTES)
        .putShort(USERNAME)
        .putShort((short) user.length)
        .put(user)
        .array();
  }
}

package dev.sluice.router.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** STUN as a test's peer sends it (RFC 8489 §5). */
public final class StunMessages {
  private StunMessages() {}

  /** A binding request for the transport with this user name fragment, without authentication. */
  public static byte[] bindingRequest(String localUfrag) {
    byte[] user = (localUfrag + ":peer").getBytes(StandardCharsets.UTF_8);
    int padded = (user.length + 3) / 4 * 4;
    return ByteBuffer.allocate(20 + 4 + padded)
        .putShort((short) 1)
        .putShort((short) (4 + padded))
        .putInt(0x2112A442)
        .put(new byte[12])
        .putShort((short) 6)
        .putShort((short) user.length)
        .put(user)
        .array();
  }
}

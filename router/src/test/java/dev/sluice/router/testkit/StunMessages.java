package dev.sluice.router.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  /** A nominating binding request with MESSAGE-INTEGRITY and FINGERPRINT, as a browser sends it. */
  public static byte[] authenticatedRequest(
      String localUfrag, String password, byte[] transaction) {
    byte[] plain = bindingRequest(localUfrag);
    // USE-CANDIDATE (4), MESSAGE-INTEGRITY (24), FINGERPRINT (8).
    ByteBuffer message = ByteBuffer.allocate(plain.length + 4 + 24 + 8).put(plain);
    message.put(8, transaction, 0, 12);
    message.putShort((short) 0x25).putShort((short) 0);
    // RFC 8489 §14.5: the length counts up to the end of the attribute being made.
    message.putShort(2, (short) (message.position() + 24 - 20));
    byte[] mac;
    try {
      Mac hmac = Mac.getInstance("HmacSHA1");
      hmac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      hmac.update(message.array(), 0, message.position());
      mac = hmac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HmacSHA1", e);
    }
    message.putShort((short) 0x08).putShort((short) 20).put(mac);
    message.putShort(2, (short) (message.position() + 8 - 20));
    CRC32 crc = new CRC32();
    crc.update(message.array(), 0, message.position());
    message.putShort((short) 0x8028).putShort((short) 4);
    message.putInt((int) crc.getValue() ^ 0x5354554e);
    return message.array();
  }
}

package dev.sluice.transport.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MESSAGE-INTEGRITY with one ICE password as the short-term credential (RFC 8489 §14.5). Not
 * thread-safe.
 */
public final class MessageIntegrity {
  private final Mac mac;
  private final byte[] head = new byte[Stun.COOKIE_OFFSET];

  public MessageIntegrity(String password) {
    try {
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * Compares in constant time.
   *
   * @param attribute where the MESSAGE-INTEGRITY attribute begins
   */
  boolean matches(byte[] buffer, int offset, int attribute) {
    int value = attribute + Stun.ATTRIBUTE_HEADER_LENGTH;
    byte[] sent = Arrays.copyOfRange(buffer, value, value + Stun.MESSAGE_INTEGRITY_LENGTH);
    return MessageDigest.isEqual(compute(buffer, offset, attribute), sent);
  }

  /**
   * The value for a message whose attributes before MESSAGE-INTEGRITY end at {@code attribute}. The
   * header counts as if the message ended with MESSAGE-INTEGRITY, whatever follows.
   */
  byte[] compute(byte[] buffer, int offset, int attribute) {
    int coveredLength =
        attribute
            - offset
            - Stun.HEADER_LENGTH
            + Stun.ATTRIBUTE_HEADER_LENGTH
            + Stun.MESSAGE_INTEGRITY_LENGTH;
    Stun.putUint16(head, Stun.TYPE_OFFSET, Stun.uint16(buffer, offset + Stun.TYPE_OFFSET));
    Stun.putUint16(head, Stun.LENGTH_OFFSET, coveredLength);
    mac.update(head);
    int rest = offset + Stun.COOKIE_OFFSET;
    mac.update(buffer, rest, attribute - rest);
    return mac.doFinal();
  }
}

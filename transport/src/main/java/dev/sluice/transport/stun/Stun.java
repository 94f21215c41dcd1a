package dev.sluice.transport.stun;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** Offsets and codes of STUN (RFC 8489), and what can be told of a datagram at a glance. */
public final class Stun {
  static final int TYPE_OFFSET = 0;
  static final int LENGTH_OFFSET = 2;
  static final int COOKIE_OFFSET = 4;
  static final int TRANSACTION_ID_OFFSET = 8;
  static final int TRANSACTION_ID_LENGTH = 12;
  static final int HEADER_LENGTH = 20;
  static final int ATTRIBUTE_HEADER_LENGTH = 4;

  static final int MAGIC_COOKIE = 0x2112_A442;

  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_SUCCESS = 0x0101;
  static final int BINDING_ERROR = 0x0111;

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int UNKNOWN_ATTRIBUTES = 0x000A;
  static final int XOR_MAPPED_ADDRESS = 0x0020;
  static final int PRIORITY = 0x0024;
  static final int USE_CANDIDATE = 0x0025;
  static final int FINGERPRINT = 0x8028;

  static final int MESSAGE_INTEGRITY_LENGTH = 20;
  static final int FINGERPRINT_XOR = 0x5354_554E;

  /** RFC 8489 §14.3: 508 bytes of SASLprep'd text at most. */
  private static final int MAX_USERNAME_LENGTH = 513;

  private Stun() {}

  /** Whether a datagram has a STUN header whose length fits it (RFC 8489 §5). */
  public static boolean isStun(byte[] buffer, int offset, int length) {
    return length >= HEADER_LENGTH
        && (buffer[offset] & 0xC0) == 0
        && int32(buffer, offset + COOKIE_OFFSET) == MAGIC_COOKIE
        && (length & 3) == 0
        && uint16(buffer, offset + LENGTH_OFFSET) == length - HEADER_LENGTH;
  }

  /**
   * The user name fragment of the receiver (RFC 8445 §7.2.2: what stands before the colon of
   * USERNAME) of a binding request. It says whose request this is, not that it is authentic.
   *
   * @return empty for anything that is no binding request with such an attribute
   */
  public static Optional<String> localUfrag(byte[] buffer, int offset, int length) {
    if (!isStun(buffer, offset, length)
        || uint16(buffer, offset + TYPE_OFFSET) != BINDING_REQUEST) {
      return Optional.empty();
    }
    int end = offset + length;
    int at = offset + HEADER_LENGTH;
    while (at + ATTRIBUTE_HEADER_LENGTH <= end) {
      int type = uint16(buffer, at);
      int valueLength = uint16(buffer, at + 2);
      int value = at + ATTRIBUTE_HEADER_LENGTH;
      if (value + valueLength > end) {
        return Optional.empty();
      }
      if (type == USERNAME) {
        return beforeColon(buffer, value, valueLength);
      }
      at = value + padded(valueLength);
    }
    return Optional.empty();
  }

  private static Optional<String> beforeColon(byte[] buffer, int offset, int length) {
    for (int i = 1; i < Math.min(length, MAX_USERNAME_LENGTH); i++) {
      if (buffer[offset + i] == ':') {
        return Optional.of(new String(buffer, offset, i, StandardCharsets.ISO_8859_1));
      }
    }
    return Optional.empty();
  }

  /** Attributes fill up to a multiple of 4 bytes (RFC 8489 §14). */
  static int padded(int length) {
    return (length + 3) & ~3;
  }

  static int uint16(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  static int int32(byte[] buffer, int at) {
    return uint16(buffer, at) << 16 | uint16(buffer, at + 2);
  }

  static void putUint16(byte[] buffer, int at, int value) {
    buffer[at] = (byte) (value >>> 8);
    buffer[at + 1] = (byte) value;
  }

  static void putInt32(byte[] buffer, int at, int value) {
    putUint16(buffer, at, value >>> 16);
    putUint16(buffer, at + 2, value);
  }

  /** RFC 8489 §14.7. */
  static int fingerprint(byte[] buffer, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(buffer, offset, length);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }
}

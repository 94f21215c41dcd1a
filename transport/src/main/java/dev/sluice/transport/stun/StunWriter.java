package dev.sluice.transport.stun;

/** Writes one STUN message after the other into a buffer of its own. */
final class StunWriter {
  /** The largest is an error 420 that names 32 attributes. */
  private static final int CAPACITY = 256;

  private final byte[] buffer = new byte[CAPACITY];
  private int length;

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Begins a message; the transaction id is still to be put in. */
  void begin(int type) {
    Stun.putUint16(buffer, Stun.TYPE_OFFSET, type);
    Stun.putInt32(buffer, Stun.COOKIE_OFFSET, Stun.MAGIC_COOKIE);
    length = Stun.HEADER_LENGTH;
  }

  /** Appends an attribute and returns where its value goes; the padding is zeroed. */
  int attribute(int type, int valueLength) {
    int value = length + Stun.ATTRIBUTE_HEADER_LENGTH;
    Stun.putUint16(buffer, length, type);
    Stun.putUint16(buffer, length + 2, valueLength);
    length = value + Stun.padded(valueLength);
    for (int i = value + valueLength; i < length; i++) {
      buffer[i] = 0;
    }
    Stun.putUint16(buffer, Stun.LENGTH_OFFSET, length - Stun.HEADER_LENGTH);
    return value;
  }

  void attribute(int type, byte[] value) {
    System.arraycopy(value, 0, buffer, attribute(type, value.length), value.length);
  }

  /** Ends the message with MESSAGE-INTEGRITY and FINGERPRINT. */
  void seal(MessageIntegrity integrity) {
    attribute(Stun.MESSAGE_INTEGRITY, integrity.compute(buffer, 0, length));
    int covered = length;
    int fingerprint = attribute(Stun.FINGERPRINT, 4);
    Stun.putInt32(buffer, fingerprint, Stun.fingerprint(buffer, 0, covered));
  }
}

package dev.sluice.transport.stun;

import java.nio.charset.StandardCharsets;

/**
 * A flyweight over a received binding request. The buffer must stay as it is while the request is
 * in use.
 */
public final class StunRequest {
  private static final int NONE = -1;

  /** More attributes than this are no ICE check; browsers send 7. */
  private static final int MAX_ATTRIBUTES = 32;

  private byte[] buffer = new byte[0];
  private int offset;
  private int username;
  private int usernameLength;
  private int messageIntegrity;
  private boolean useCandidate;
  private boolean fingerprinted;
  private int unknownCount;
  private final int[] unknown = new int[MAX_ATTRIBUTES];

  /**
   * Reads a datagram.
   *
   * @return false when it is no well-formed binding request with the FINGERPRINT that every check
   *     has (RFC 8445 §7)
   */
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!Stun.isStun(buffer, offset, length)
        || Stun.uint16(buffer, offset + Stun.TYPE_OFFSET) != Stun.BINDING_REQUEST) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    username = NONE;
    messageIntegrity = NONE;
    useCandidate = false;
    fingerprinted = false;
    unknownCount = 0;
    int end = offset + length;
    int at = offset + Stun.HEADER_LENGTH;
    for (int count = 0; at < end; count++) {
      // isStun has seen to it that what is left is a multiple of 4.
      int valueLength = Stun.uint16(buffer, at + 2);
      int next = at + Stun.ATTRIBUTE_HEADER_LENGTH + Stun.padded(valueLength);
      if (next > end || count == MAX_ATTRIBUTES || !attribute(at, valueLength, next == end)) {
        return false;
      }
      at = next;
    }
    return fingerprinted;
  }

  private boolean attribute(int at, int valueLength, boolean last) {
    int type = Stun.uint16(buffer, at);
    int value = at + Stun.ATTRIBUTE_HEADER_LENGTH;
    if (type == Stun.FINGERPRINT) {
      // RFC 8489 §14.7: it is the last one.
      fingerprinted =
          last
              && valueLength == 4
              && Stun.int32(buffer, value) == Stun.fingerprint(buffer, offset, at - offset);
      return fingerprinted;
    }
    if (messageIntegrity != NONE) {
      // RFC 8489 §14.5: what follows MESSAGE-INTEGRITY isn't covered by it and is ignored.
      return true;
    }
    switch (type) {
      case Stun.USERNAME -> {
        username = value;
        usernameLength = valueLength;
      }
      case Stun.MESSAGE_INTEGRITY -> {
        messageIntegrity = at;
        return valueLength == Stun.MESSAGE_INTEGRITY_LENGTH;
      }
      case Stun.USE_CANDIDATE -> useCandidate = true;
      case Stun.PRIORITY -> {
        return valueLength == 4;
      }
      default -> {
        // RFC 8489 §14: types below 0x8000 must be understood.
        if (type < 0x8000) {
          unknown[unknownCount++] = type;
        }
      }
    }
    return true;
  }

  /** Whether USERNAME begins with this fragment and a colon, and MESSAGE-INTEGRITY is right. */
  public boolean authentic(String localUfrag, MessageIntegrity integrity) {
    return messageIntegrity != NONE
        && isFor(localUfrag)
        && integrity.matches(buffer, offset, messageIntegrity);
  }

  private boolean isFor(String localUfrag) {
    if (username == NONE || usernameLength <= localUfrag.length()) {
      return false;
    }
    byte[] expected = localUfrag.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (buffer[username + i] != expected[i]) {
        return false;
      }
    }
    return buffer[username + expected.length] == ':';
  }

  /** Whether the peer nominates the path this came by (RFC 8445 §7.1.1). */
  public boolean useCandidate() {
    return useCandidate;
  }

  /** Whether we know every attribute that must be understood. */
  public boolean understood() {
    return unknownCount == 0;
  }

  int unknownCount() {
    return unknownCount;
  }

  int unknown(int index) {
    return unknown[index];
  }

  void copyTransactionId(byte[] target, int at) {
    System.arraycopy(
        buffer, offset + Stun.TRANSACTION_ID_OFFSET, target, at, Stun.TRANSACTION_ID_LENGTH);
  }
}

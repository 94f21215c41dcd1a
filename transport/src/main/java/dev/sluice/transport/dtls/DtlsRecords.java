package dev.sluice.transport.dtls;

import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;

/**
 * Looks at the records of a datagram (RFC 6347 §4.1) before the protocol engine does. The engine
 * gives a handshake up on whatever it can't read, and obeys alerts that nobody has signed: only
 * what an honest client sends gets to it.
 */
final class DtlsRecords {
  static final int RECORD_HEADER_LENGTH = 13;

  private static final int VERSION_MAJOR = 0xFE;
  private static final int EPOCH_OFFSET = 3;
  private static final int LENGTH_OFFSET = 11;
  private static final int MESSAGE_HEADER_LENGTH = 12;

  /** A chain of RSA certificates fits; browsers send 1 of 300 to 1000 bytes. */
  private static final int MAX_MESSAGE_LENGTH = 16_384;

  private DtlsRecords() {}

  /** Whether every record of the datagram may be given to the engine. */
  static boolean acceptable(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at + RECORD_HEADER_LENGTH <= end) {
      int body = at + RECORD_HEADER_LENGTH;
      int bodyLength = uint16(buffer, at + LENGTH_OFFSET);
      boolean dtls = (buffer[at + 1] & 0xFF) == VERSION_MAJOR;
      if (!dtls || bodyLength == 0 || body + bodyLength > end) {
        return false;
      }
      boolean encrypted = uint16(buffer, at + EPOCH_OFFSET) != 0;
      if (!encrypted && !plaintext(buffer, at, body, bodyLength)) {
        return false;
      }
      at = body + bodyLength;
    }
    return length > 0 && at == end;
  }

  /** An unencrypted alert or application data is never acted on. */
  private static boolean plaintext(byte[] buffer, int record, int body, int length) {
    return switch (buffer[record]) {
      case ContentType.handshake -> messages(buffer, body, length);
      case ContentType.change_cipher_spec -> length == 1 && buffer[body] == 1;
      default -> false;
    };
  }

  private static boolean messages(byte[] buffer, int body, int length) {
    int end = body + length;
    int at = body;
    while (at + MESSAGE_HEADER_LENGTH <= end) {
      int messageLength = uint24(buffer, at + 1);
      int fragmentOffset = uint24(buffer, at + 6);
      int fragmentLength = uint24(buffer, at + 9);
      if (!fromClient(buffer[at])
          || messageLength > MAX_MESSAGE_LENGTH
          || fragmentOffset + fragmentLength > messageLength) {
        return false;
      }
      at += MESSAGE_HEADER_LENGTH + fragmentLength;
    }
    return at == end;
  }

  private static boolean fromClient(byte messageType) {
    return switch (messageType) {
      case HandshakeType.client_hello,
          HandshakeType.certificate,
          HandshakeType.client_key_exchange,
          HandshakeType.certificate_verify ->
          true;
      default -> false;
    };
  }

  private static int uint16(byte[] buffer, int at) {
    return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  private static int uint24(byte[] buffer, int at) {
    return uint16(buffer, at) << 8 | (buffer[at + 2] & 0xFF);
  }
}

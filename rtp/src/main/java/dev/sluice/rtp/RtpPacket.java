package dev.sluice.rtp;

import static dev.sluice.rtp.NetworkOrder.int32;
import static dev.sluice.rtp.NetworkOrder.unsignedByte;
import static dev.sluice.rtp.NetworkOrder.unsignedShort;

/**
 * A flyweight over one RTP packet (RFC 3550 §5.1, header extensions RFC 8285). {@link #wrap} checks
 * the whole structure, so that no accessor can read outside of the packet afterwards.
 */
public final class RtpPacket {
  /** Length of the fixed header in bytes. */
  public static final int FIXED_HEADER_LENGTH = 12;

  static final int VERSION_OFFSET = 0;
  static final int PAYLOAD_TYPE_OFFSET = 1;
  static final int SEQUENCE_NUMBER_OFFSET = 2;
  static final int TIMESTAMP_OFFSET = 4;
  static final int SSRC_OFFSET = 8;

  static final int VERSION_2 = 0x80;
  static final int VERSION_MASK = 0xC0;
  static final int PADDING_BIT = 0x20;
  static final int EXTENSION_BIT = 0x10;
  static final int CSRC_COUNT_MASK = 0x0F;
  static final int MARKER_BIT = 0x80;

  static final int EXTENSION_HEADER_LENGTH = 4;
  static final int ONE_BYTE_PROFILE = 0xBEDE;
  static final int TWO_BYTE_PROFILE = 0x1000;
  // RFC 8285 §4.3: the low four bits are application bits
  static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;

  private byte[] buffer = new byte[FIXED_HEADER_LENGTH];
  private int offset;
  private int length;
  private int payloadOffset;
  private int paddingLength;
  private int extensionProfile;
  private int extensionsOffset;
  private int extensionsLength;

  /**
   * Takes a packet. The bytes are not copied and must not change while the flyweight is used.
   *
   * @return false when the packet is malformed; the flyweight must not be read then
   */
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length) || length < FIXED_HEADER_LENGTH) {
      return false;
    }
    int first = buffer[offset + VERSION_OFFSET];
    if ((first & VERSION_MASK) != VERSION_2) {
      return false;
    }
    int headerLength = FIXED_HEADER_LENGTH + 4 * (first & CSRC_COUNT_MASK);
    int profile = 0;
    int extensionsStart = 0;
    int extensionsBytes = 0;
    if ((first & EXTENSION_BIT) != 0) {
      if (headerLength + EXTENSION_HEADER_LENGTH > length) {
        return false;
      }
      profile = unsignedShort(buffer, offset + headerLength);
      extensionsBytes = 4 * unsignedShort(buffer, offset + headerLength + 2);
      headerLength += EXTENSION_HEADER_LENGTH;
      extensionsStart = offset + headerLength;
      headerLength += extensionsBytes;
    }
    if (headerLength > length) {
      return false;
    }
    int padding = 0;
    if ((first & PADDING_BIT) != 0) {
      padding = headerLength == length ? 0 : unsignedByte(buffer, offset + length - 1);
      // RFC 3550 §5.1: the count includes itself, so zero is malformed
      if (padding == 0 || padding > length - headerLength) {
        return false;
      }
    }
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.payloadOffset = offset + headerLength;
    this.paddingLength = padding;
    this.extensionProfile = profile;
    this.extensionsOffset = extensionsStart;
    this.extensionsLength = extensionsBytes;
    return true;
  }

  /** The array given to {@link #wrap}. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the packet starts in {@link #buffer()}. */
  public int offset() {
    return offset;
  }

  /** Bytes of the whole packet, padding included. */
  public int length() {
    return length;
  }

  /** 0 to 127. */
  public int payloadType() {
    return buffer[offset + PAYLOAD_TYPE_OFFSET] & 0x7F;
  }

  /** The marker bit; for video the last packet of a frame. */
  public boolean marker() {
    return (buffer[offset + PAYLOAD_TYPE_OFFSET] & MARKER_BIT) != 0;
  }

  /** 0 to 65535. */
  public int sequenceNumber() {
    return unsignedShort(buffer, offset + SEQUENCE_NUMBER_OFFSET);
  }

  /** The timestamp in clock ticks of the codec, all 32 bits. */
  public int timestamp() {
    return int32(buffer, offset + TIMESTAMP_OFFSET);
  }

  /** The synchronisation source, all 32 bits. */
  public int ssrc() {
    return int32(buffer, offset + SSRC_OFFSET);
  }

  /** Bytes of the fixed header, CSRCs and header extensions. */
  public int headerLength() {
    return payloadOffset - offset;
  }

  /** Where the payload starts in {@link #buffer()}. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload without padding; 0 for a packet of padding only. */
  public int payloadLength() {
    return offset + length - payloadOffset - paddingLength;
  }

  /** Bytes of padding, the count byte included; 0 to 255. */
  public int paddingLength() {
    return paddingLength;
  }

  /**
   * Finds the value of a header extension.
   *
   * @param id 1 to 255
   * @return the value's offset in {@link #buffer()}, or -1 when the packet does not carry it
   */
  public int extensionOffset(int id) {
    return (int) (find(id) >> 32);
  }

  /**
   * Tells how long the value of a header extension is.
   *
   * @param id 1 to 255
   * @return bytes of the value, or -1 when the packet does not carry it
   */
  public int extensionLength(int id) {
    return (int) find(id);
  }

  /** Offset in the high and length in the low 32 bits, or -1 for both. */
  private long find(int id) {
    if (id <= 0) {
      return -1;
    }
    if (extensionProfile == ONE_BYTE_PROFILE) {
      return findOneByte(id);
    }
    return (extensionProfile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE ? findTwoByte(id) : -1;
  }

  private long findOneByte(int id) {
    int end = extensionsOffset + extensionsLength;
    int position = extensionsOffset;
    while (position < end) {
      int elementId = unsignedByte(buffer, position) >> 4;
      if (elementId == 0) {
        // RFC 8285 §4.2: a byte of padding. An id 0 with a length is padding all the same.
        position++;
        continue;
      }
      if (elementId == 15) {
        // RFC 8285 §4.2: id 15 ends parsing
        return -1;
      }
      int valueLength = (buffer[position] & 0x0F) + 1;
      if (position + 1 + valueLength > end) {
        return -1;
      }
      if (elementId == id) {
        return found(position + 1, valueLength);
      }
      position += 1 + valueLength;
    }
    return -1;
  }

  private long findTwoByte(int id) {
    int end = extensionsOffset + extensionsLength;
    int position = extensionsOffset;
    while (position < end) {
      int elementId = unsignedByte(buffer, position);
      if (elementId == 0) {
        position++;
        continue;
      }
      if (position + 2 > end) {
        return -1;
      }
      int valueLength = unsignedByte(buffer, position + 1);
      if (position + 2 + valueLength > end) {
        return -1;
      }
      if (elementId == id) {
        return found(position + 2, valueLength);
      }
      position += 2 + valueLength;
    }
    return -1;
  }

  private static long found(int valueOffset, int valueLength) {
    return (long) valueOffset << 32 | valueLength;
  }
}

package dev.sluice.rtp;

import java.util.Arrays;

/**
 * Writes an RTP header with extensions (RFC 3550 §5.1, RFC 8285): {@link #begin}, any number of
 * {@code add…}, {@link #finish}; the payload follows at the offset plus the length it returns. The
 * one-byte form is used until an element does not fit into it; then all elements take the two-byte
 * form, which is only allowed where {@code extmap-allow-mixed} or such an id was negotiated.
 *
 * <p>One thread; reusable; allocates nothing. A buffer that is too small throws {@link
 * IndexOutOfBoundsException}.
 */
public final class RtpHeaderWriter {
  private static final int MAX_ELEMENTS = 16;
  private static final int ONE_BYTE_MAX_ID = 14;
  private static final int ONE_BYTE_MAX_LENGTH = 16;

  private final int[] elementOffsets = new int[MAX_ELEMENTS];
  private byte[] buffer = new byte[0];
  private int offset;
  private int position;
  private int elementCount;
  private boolean twoByteForm;

  /** Starts a header at {@code offset}; only the meaningful low bits of each number are written. */
  public void begin(
      byte[] buffer,
      int offset,
      int payloadType,
      boolean marker,
      int sequenceNumber,
      int rtpTimestamp,
      int ssrc) {
    this.buffer = buffer;
    this.offset = offset;
    elementCount = 0;
    twoByteForm = false;
    buffer[offset + RtpPacket.VERSION_OFFSET] = (byte) RtpPacket.VERSION_2;
    buffer[offset + RtpPacket.PAYLOAD_TYPE_OFFSET] =
        (byte) ((marker ? RtpPacket.MARKER_BIT : 0) | (payloadType & 0x7F));
    NetworkOrder.putShort(buffer, offset + RtpPacket.SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    NetworkOrder.putInt(buffer, offset + RtpPacket.TIMESTAMP_OFFSET, rtpTimestamp);
    NetworkOrder.putInt(buffer, offset + RtpPacket.SSRC_OFFSET, ssrc);
    position = offset + RtpPacket.FIXED_HEADER_LENGTH + RtpPacket.EXTENSION_HEADER_LENGTH;
  }

  /** Adds an extension with a value of one byte. */
  public void addByte(int id, int value) {
    NetworkOrder.putByte(buffer, reserve(id, 1), value);
  }

  /** Adds an extension with a value of two bytes. */
  public void addShort(int id, int value) {
    NetworkOrder.putShort(buffer, reserve(id, 2), value);
  }

  /** Adds an extension with a value of three bytes. */
  public void add24(int id, int value) {
    NetworkOrder.put24(buffer, reserve(id, 3), value);
  }

  /** Adds an extension with a value copied from {@code source}, 0 to 255 bytes. */
  public void addBytes(int id, byte[] source, int sourceOffset, int length) {
    System.arraycopy(source, sourceOffset, buffer, reserve(id, length), length);
  }

  /** Ends the header and returns its length in bytes, a multiple of four. */
  public int finish() {
    int extensions = offset + RtpPacket.FIXED_HEADER_LENGTH;
    if (elementCount == 0) {
      return RtpPacket.FIXED_HEADER_LENGTH;
    }
    int valuesStart = extensions + RtpPacket.EXTENSION_HEADER_LENGTH;
    int words = (position - valuesStart + 3) >> 2;
    int end = valuesStart + 4 * words;
    Arrays.fill(buffer, position, end, (byte) 0);
    buffer[offset + RtpPacket.VERSION_OFFSET] |= (byte) RtpPacket.EXTENSION_BIT;
    NetworkOrder.putShort(
        buffer, extensions, twoByteForm ? RtpPacket.TWO_BYTE_PROFILE : RtpPacket.ONE_BYTE_PROFILE);
    NetworkOrder.putShort(buffer, extensions + 2, words);
    return end - offset;
  }

  private int reserve(int id, int length) {
    if (id < 1 || id > 255 || length < 0 || length > 255 || elementCount == MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "header extension id " + id + " of " + length + " bytes as element " + elementCount);
    }
    if (!twoByteForm && (id > ONE_BYTE_MAX_ID || length == 0 || length > ONE_BYTE_MAX_LENGTH)) {
      widen();
    }
    elementOffsets[elementCount++] = position;
    if (twoByteForm) {
      buffer[position++] = (byte) id;
      buffer[position++] = (byte) length;
    } else {
      buffer[position++] = (byte) ((id << 4) | (length - 1));
    }
    int value = position;
    position += length;
    return value;
  }

  /** Rewrites the elements so far in the two-byte form, the last first as each moves up. */
  private void widen() {
    twoByteForm = true;
    for (int i = elementCount - 1; i >= 0; i--) {
      int from = elementOffsets[i];
      int to = from + i;
      int id = NetworkOrder.unsignedByte(buffer, from) >> 4;
      int length = (buffer[from] & 0x0F) + 1;
      System.arraycopy(buffer, from + 1, buffer, to + 2, length);
      buffer[to] = (byte) id;
      buffer[to + 1] = (byte) length;
      elementOffsets[i] = to;
    }
    position += elementCount;
  }
}

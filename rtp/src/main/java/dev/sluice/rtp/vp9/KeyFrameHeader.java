package dev.sluice.rtp.vp9;

import static dev.sluice.rtp.NetworkOrder.unsigned24;
import static dev.sluice.rtp.NetworkOrder.unsignedByte;

/**
 * The start of a VP9 key frame's uncompressed header (VP9 bitstream specification §6.2), in profile
 * 0 only: the one browsers send. Stateless.
 */
final class KeyFrameHeader {
  // frame_marker 10, profile 00, show_existing_frame 0, frame_type 0 (key); two bits that may be
  // either
  private static final int FIRST_BYTE = 0x80;
  private static final int FIRST_BYTE_MASK = 0xFC;
  private static final int SYNC_CODE = 0x498342;
  // 3 bits of colour space and one of range lie before the sizes of 16 bits
  private static final int SIZES_OFFSET = 4;
  private static final int LENGTH = 9;
  private static final int COLOUR_SPACE_RGB = 7;

  private KeyFrameHeader() {}

  /** The width in pixels, 1 to 65536, or -1 when this is no such header. */
  static int width(byte[] buffer, int offset, int length) {
    return isHeader(buffer, offset, length)
        ? (unsigned24(buffer, offset + SIZES_OFFSET) >> 4 & 0xFFFF) + 1
        : -1;
  }

  /** The height in pixels, 1 to 65536, or -1 when this is no such header. */
  static int height(byte[] buffer, int offset, int length) {
    return isHeader(buffer, offset, length)
        ? (unsigned24(buffer, offset + SIZES_OFFSET + 2) >> 4 & 0xFFFF) + 1
        : -1;
  }

  private static boolean isHeader(byte[] buffer, int offset, int length) {
    return length >= LENGTH
        && (buffer[offset] & FIRST_BYTE_MASK) == FIRST_BYTE
        && unsigned24(buffer, offset + 1) == SYNC_CODE
        // RGB needs another profile
        && unsignedByte(buffer, offset + SIZES_OFFSET) >> 5 != COLOUR_SPACE_RGB;
  }
}

package dev.sluice.rtp.extension;

import java.util.Arrays;

/**
 * A copy of some bits of a packet: tells whether the same ones come again, so that what was made of
 * them need not be made anew. Immutable.
 */
final class EncodedBits {
  private final byte[] bytes;
  private final int firstBit;
  private final int bitCount;

  private EncodedBits(byte[] bytes, int firstBit, int bitCount) {
    this.bytes = bytes;
    this.firstBit = firstBit;
    this.bitCount = bitCount;
  }

  /**
   * Copies bits that start at {@code firstBit}, 0 to 7, of the byte at {@code offset}.
   *
   * @param bitCount at least 1
   */
  static EncodedBits of(byte[] buffer, int offset, int firstBit, int bitCount) {
    int length = (firstBit + bitCount + 7) >> 3;
    return new EncodedBits(Arrays.copyOfRange(buffer, offset, offset + length), firstBit, bitCount);
  }

  int bitCount() {
    return bitCount;
  }

  /** Whether the same bits lie at the same place behind {@code offset}, before {@code end}. */
  boolean isAt(byte[] buffer, int offset, int end) {
    int length = bytes.length;
    if (end - offset < length) {
      return false;
    }
    int firstMask = 0xFF >> firstBit;
    int lastMask = 0xFF << (8 * length - firstBit - bitCount);
    for (int i = 0; i < length; i++) {
      int mask = (i == 0 ? firstMask : 0xFF) & (i == length - 1 ? lastMask : 0xFF);
      if (((bytes[i] ^ buffer[offset + i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}

package dev.sluice.rtp;

/**
 * Reads bits, the most significant first. Reading past the end gives zeros and is remembered, so
 * that a parser may read on and ask once: {@link #overrun()}. Every value takes bounded time.
 *
 * <p>One thread; reusable; allocates nothing.
 */
public final class BitReader {
  // ITU-T H.264 §9.1: 32 leading zeros would be a number of more than 32 bits
  private static final int MAX_LEADING_ZEROS = 31;

  private byte[] buffer = new byte[0];
  private long position;
  private long end;
  private boolean overrun;

  /**
   * Starts at the first bit of a region.
   *
   * @throws IndexOutOfBoundsException when the region is not inside of the buffer
   */
  public void wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length)) {
      throw new IndexOutOfBoundsException(
          "%d bytes at %d of %d".formatted(length, offset, buffer.length));
    }
    this.buffer = buffer;
    position = 8L * offset;
    end = position + 8L * length;
    overrun = false;
  }

  /** Whether more was read than there is; what was read since then is zeros. */
  public boolean overrun() {
    return overrun;
  }

  /** Bits that were not read yet. */
  public long remainingBits() {
    return end - position;
  }

  /** One bit. */
  public boolean flag() {
    return bits(1) != 0;
  }

  /**
   * An unsigned number of {@code count} bits, 0 to 32; all 32 bits come as an {@code int} whose
   * sign has no meaning.
   */
  public int bits(int count) {
    if (count > end - position) {
      position = end;
      overrun = true;
      return 0;
    }
    int value = 0;
    int left = count;
    while (left > 0) {
      int bitOfByte = (int) (position & 7);
      int taken = Math.min(8 - bitOfByte, left);
      int chunk = buffer[(int) (position >> 3)] >> (8 - bitOfByte - taken) & ((1 << taken) - 1);
      value = value << taken | chunk;
      position += taken;
      left -= taken;
    }
    return value;
  }

  /** Passes over {@code count} bits. */
  public void skip(int count) {
    if (count > end - position) {
      position = end;
      overrun = true;
    } else {
      position += count;
    }
  }

  /**
   * A number of the range 0 to {@code range - 1} in as few bits as its place in the range allows:
   * ns(n) of the AV1 specification §4.10.7.
   *
   * @param range 1 to 2^16
   */
  public int nonSymmetric(int range) {
    int width = 32 - Integer.numberOfLeadingZeros(range);
    int shortCodes = (1 << width) - range;
    int value = bits(width - 1);
    return value < shortCodes ? value : (value << 1) - shortCodes + bits(1);
  }

  /**
   * An Exp-Golomb number, ue(v) of ITU-T H.264 §9.1: 0 to 2^32 - 2, its sign without meaning. One
   * with more than 31 leading zeros counts as reading past the end.
   */
  public int expGolomb() {
    int zeros = 0;
    while (!flag()) {
      if (overrun || ++zeros > MAX_LEADING_ZEROS) {
        position = end;
        overrun = true;
        return 0;
      }
    }
    return (int) ((1L << zeros) - 1 + Integer.toUnsignedLong(bits(zeros)));
  }

  /** A signed Exp-Golomb number, se(v) of ITU-T H.264 §9.1.1. */
  public int signedExpGolomb() {
    long code = Integer.toUnsignedLong(expGolomb());
    return (int) ((code & 1) != 0 ? (code + 1) / 2 : -(code / 2));
  }
}

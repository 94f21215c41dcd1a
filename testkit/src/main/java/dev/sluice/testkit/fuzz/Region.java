package dev.sluice.testkit.fuzz;

import java.util.Arrays;

/**
 * An input inside of an array, at an offset and with nothing behind it: whoever forgets the offset
 * reads something else, whoever goes past the end fails. Mutable by whoever writes to its buffer.
 */
public final class Region {
  private static final int OFFSETS = 5;

  private final byte[] buffer;
  private final int offset;
  private final int length;

  private Region(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
  }

  /** A copy of the whole input. */
  public static Region of(byte[] input) {
    return of(input, 0, input.length);
  }

  /** A copy of a part of the input. */
  public static Region of(byte[] input, int from, int length) {
    int offset = length % OFFSETS;
    byte[] buffer = new byte[offset + length];
    System.arraycopy(input, from, buffer, offset, length);
    return new Region(buffer, offset, length);
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** Where it ends in the buffer. */
  public int end() {
    return offset + length;
  }

  /** A copy of the bytes as they are now. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }
}

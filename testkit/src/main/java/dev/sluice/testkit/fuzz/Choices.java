package dev.sluice.testkit.fuzz;

/**
 * Reads an input as a row of decisions, for targets that do something rather than parse something.
 * Behind the end of the input all numbers are 0.
 */
public final class Choices {
  private final byte[] input;
  private int position;

  public Choices(byte[] input) {
    this.input = input;
  }

  /** Whether there is anything left to decide on. */
  public boolean hasMore() {
    return position < input.length;
  }

  /** One byte, 0 to 255. */
  public int unsignedByte() {
    return position < input.length ? input[position++] & 0xFF : 0;
  }

  /** Two bytes, 0 to 65535. */
  public int unsignedShort() {
    return unsignedByte() << 8 | unsignedByte();
  }

  /** Four bytes. */
  public int int32() {
    return unsignedShort() << 16 | unsignedShort();
  }

  /** Bytes, as many as are wanted. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) unsignedByte();
    }
    return bytes;
  }
}

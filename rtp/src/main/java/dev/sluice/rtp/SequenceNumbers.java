package dev.sluice.rtp;

/** Arithmetic of 16-bit sequence numbers that wrap around (RFC 3550 §A.1, RFC 1982). Stateless. */
public final class SequenceNumbers {
  private SequenceNumbers() {}

  /**
   * The shortest way from one number to another.
   *
   * @return -32768 to 32767; positive when {@code to} is the newer one
   */
  public static int distance(int from, int to) {
    return (short) (to - from);
  }

  /** Whether {@code a} comes after {@code b}. */
  public static boolean isNewer(int a, int b) {
    return distance(b, a) > 0;
  }

  /** {@code sequenceNumber + delta}, 0 to 65535. */
  public static int plus(int sequenceNumber, int delta) {
    return (sequenceNumber + delta) & 0xFFFF;
  }

  /**
   * Extends a number to the value nearest to {@code near} that has it in its low 16 bits. Negative
   * results are possible just below zero; start a series high enough when that matters.
   */
  public static long unwrap(long near, int sequenceNumber) {
    return near + (short) (sequenceNumber - (int) near);
  }
}

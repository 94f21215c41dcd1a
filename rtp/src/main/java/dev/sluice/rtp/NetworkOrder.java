package dev.sluice.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Big-endian integers in a byte array. Stateless. An index outside of the array throws {@link
 * IndexOutOfBoundsException}, so callers check lengths first.
 */
public final class NetworkOrder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  /** An unsigned byte, 0 to 255. */
  public static int unsignedByte(byte[] buffer, int index) {
    return buffer[index] & 0xFF;
  }

  /** Two bytes, 0 to 65535. */
  public static int unsignedShort(byte[] buffer, int index) {
    return (short) SHORT.get(buffer, index) & 0xFFFF;
  }

  /** Three bytes, 0 to 2^24 - 1. */
  public static int unsigned24(byte[] buffer, int index) {
    return unsignedByte(buffer, index) << 16 | unsignedShort(buffer, index + 1);
  }

  /** Four bytes; the sign has no meaning for SSRCs and timestamps. */
  public static int int32(byte[] buffer, int index) {
    return (int) INT.get(buffer, index);
  }

  /** Eight bytes. */
  public static long int64(byte[] buffer, int index) {
    return (long) LONG.get(buffer, index);
  }

  /** Writes the low byte of {@code value}. */
  public static void putByte(byte[] buffer, int index, int value) {
    buffer[index] = (byte) value;
  }

  /** Writes the low two bytes of {@code value}. */
  public static void putShort(byte[] buffer, int index, int value) {
    SHORT.set(buffer, index, (short) value);
  }

  /** Writes the low three bytes of {@code value}. */
  public static void put24(byte[] buffer, int index, int value) {
    putByte(buffer, index, value >> 16);
    putShort(buffer, index + 1, value);
  }

  /** Writes four bytes. */
  public static void putInt(byte[] buffer, int index, int value) {
    INT.set(buffer, index, value);
  }

  /** Writes eight bytes. */
  public static void putLong(byte[] buffer, int index, long value) {
    LONG.set(buffer, index, value);
  }

  /** Whether {@code offset} and {@code length} name a region inside of {@code buffer}. */
  public static boolean isRegion(byte[] buffer, int offset, int length) {
    return offset >= 0 && length >= 0 && offset <= buffer.length - length;
  }
}

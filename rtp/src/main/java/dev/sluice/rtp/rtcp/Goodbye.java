package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;
import java.util.Objects;

/** A flyweight over a BYE (RFC 3550 §6.6), and its writer for one source without a reason. */
public final class Goodbye {
  /** Bytes of a BYE for one source. */
  public static final int LENGTH = 8;

  private byte[] buffer = new byte[0];
  private int offset;
  private int count;

  /** Takes the packet at the cursor; false when it is no BYE. */
  public boolean wrap(RtcpCompound packets) {
    if (packets.type() != RtcpType.BYE) {
      return false;
    }
    buffer = packets.buffer();
    offset = packets.offset();
    count =
        Math.min(
            packets.countOrFormat(),
            (packets.length() - RtcpCompound.HEADER_LENGTH) / Integer.BYTES);
    return true;
  }

  /** How many sources leave, 0 to 31. */
  public int count() {
    return count;
  }

  /** A source that leaves; {@code index} is 0 to {@link #count()} - 1. */
  public int ssrc(int index) {
    return NetworkOrder.int32(
        buffer,
        offset + RtcpCompound.HEADER_LENGTH + Integer.BYTES * Objects.checkIndex(index, count));
  }

  /** Writes a BYE for one source and returns its length, {@link #LENGTH}. */
  public static int write(byte[] buffer, int offset, int ssrc) {
    RtcpCompound.writeHeader(buffer, offset, 1, RtcpType.BYE, LENGTH);
    NetworkOrder.putInt(buffer, offset + RtcpCompound.HEADER_LENGTH, ssrc);
    return LENGTH;
  }
}

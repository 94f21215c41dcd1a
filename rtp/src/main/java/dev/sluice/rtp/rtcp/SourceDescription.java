package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;
import java.util.Arrays;

/**
 * A flyweight over a source description (RFC 3550 §6.5): {@link #wrap}, then {@link #next} for each
 * source with its CNAME; other items are passed over. Writes one with a single CNAME.
 */
public final class SourceDescription {
  private static final int ITEM_END = 0;
  private static final int ITEM_CNAME = 1;

  private byte[] buffer = new byte[0];
  private int position;
  private int end;
  private int ssrc;
  private int cnameOffset;
  private int cnameLength;

  /** Takes the packet at the cursor; false when it is no source description. */
  public boolean wrap(RtcpCompound packets) {
    if (packets.type() != RtcpType.SOURCE_DESCRIPTION) {
      return false;
    }
    buffer = packets.buffer();
    position = packets.offset() + RtcpCompound.HEADER_LENGTH;
    end = packets.offset() + packets.length();
    return true;
  }

  /** Moves to the next source; false when there is none left or the rest is malformed. */
  public boolean next() {
    if (end - position < 4) {
      return false;
    }
    ssrc = NetworkOrder.int32(buffer, position);
    cnameOffset = 0;
    cnameLength = 0;
    int item = position + 4;
    while (item < end && buffer[item] != ITEM_END) {
      if (item + 2 > end || item + 2 + NetworkOrder.unsignedByte(buffer, item + 1) > end) {
        position = end;
        return false;
      }
      int itemLength = NetworkOrder.unsignedByte(buffer, item + 1);
      if (buffer[item] == ITEM_CNAME) {
        cnameOffset = item + 2;
        cnameLength = itemLength;
      }
      item += 2 + itemLength;
    }
    // RFC 3550 §6.5: one or more null bytes end the items, up to a multiple of four
    position = Math.min(end, position + (item - position) / 4 * 4 + 4);
    return true;
  }

  /** The source. */
  public int ssrc() {
    return ssrc;
  }

  /** Where its CNAME starts in the datagram's buffer; means nothing when the length is 0. */
  public int cnameOffset() {
    return cnameOffset;
  }

  /** Bytes of its CNAME, 0 when it has none. */
  public int cnameLength() {
    return cnameLength;
  }

  /**
   * Writes a description with one CNAME of 1 to 255 bytes of UTF-8.
   *
   * @return the length in bytes, at most 268
   */
  public static int writeCname(byte[] buffer, int offset, int ssrc, byte[] cname) {
    if (cname.length == 0 || cname.length > 255) {
      throw new IllegalArgumentException("CNAME of " + cname.length + " bytes");
    }
    int itemsEnd = RtcpCompound.HEADER_LENGTH + 4 + 2 + cname.length;
    int length = (itemsEnd / 4 + 1) * 4;
    RtcpCompound.writeHeader(buffer, offset, 1, RtcpType.SOURCE_DESCRIPTION, length);
    NetworkOrder.putInt(buffer, offset + RtcpCompound.SENDER_SSRC_OFFSET, ssrc);
    NetworkOrder.putByte(buffer, offset + 8, ITEM_CNAME);
    NetworkOrder.putByte(buffer, offset + 9, cname.length);
    System.arraycopy(cname, 0, buffer, offset + 10, cname.length);
    Arrays.fill(buffer, offset + itemsEnd, offset + length, (byte) ITEM_END);
    return length;
  }
}

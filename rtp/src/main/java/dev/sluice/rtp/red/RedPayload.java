package dev.sluice.rtp.red;

import static dev.sluice.rtp.NetworkOrder.int32;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;

/**
 * A flyweight over a payload of redundant audio data (RFC 2198 §3): older blocks first, the primary
 * block last. {@link #wrap} checks all lengths, so that no block lies outside of the payload.
 *
 * <p>To strip a packet for a receiver without redundancy, send the bytes of the primary block as
 * the payload with the payload type that this receiver has for the codec.
 */
public final class RedPayload {
  /** More redundant blocks than any sender makes; a payload with more counts as malformed. */
  public static final int MAX_REDUNDANT_BLOCKS = 31;

  // RFC 2198 §3: F, payload type (7), timestamp offset (14), length (10)
  private static final int MORE_BIT = 0x80;
  private static final int PAYLOAD_TYPE_MASK = 0x7F;
  private static final int BLOCK_HEADER_LENGTH = 4;
  private static final int OFFSET_MASK = 0x3FFF;
  private static final int LENGTH_MASK = 0x3FF;

  private byte[] buffer = new byte[1];
  private int offset;
  private int redundantBlocks;
  private int primaryOffset;
  private int primaryLength;

  /**
   * Takes the payload of a packet; a packet of padding only counts as malformed.
   *
   * @return false when it is malformed; the flyweight must not be read then
   */
  public boolean wrap(RtpPacket packet) {
    return wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }

  /**
   * Takes a payload without its RTP padding. The bytes are not copied.
   *
   * @return false when it is malformed; the flyweight must not be read then
   */
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length)) {
      return false;
    }
    int end = offset + length;
    int position = offset;
    int blocks = 0;
    int redundantBytes = 0;
    while (position < end && (buffer[position] & MORE_BIT) != 0) {
      if (position + BLOCK_HEADER_LENGTH > end || blocks == MAX_REDUNDANT_BLOCKS) {
        return false;
      }
      redundantBytes += int32(buffer, position) & LENGTH_MASK;
      position += BLOCK_HEADER_LENGTH;
      blocks++;
    }
    int primary = position + 1 + redundantBytes;
    // RFC 2198 §3: the primary block may be empty
    if (primary > end) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    redundantBlocks = blocks;
    primaryOffset = primary;
    primaryLength = end - primary;
    return true;
  }

  /** The payload type of the codec in the primary block, 0 to 127. */
  public int primaryPayloadType() {
    return buffer[offset + BLOCK_HEADER_LENGTH * redundantBlocks] & PAYLOAD_TYPE_MASK;
  }

  /** Where the primary block starts in the buffer. */
  public int primaryOffset() {
    return primaryOffset;
  }

  /** Bytes of the primary block, which may be 0. */
  public int primaryLength() {
    return primaryLength;
  }

  /** Blocks before the primary one, the oldest first; 0 to {@link #MAX_REDUNDANT_BLOCKS}. */
  public int redundantBlocks() {
    return redundantBlocks;
  }

  /**
   * The payload type of a redundant block, 0 to 127.
   *
   * @param block below {@link #redundantBlocks()}
   */
  public int redundantPayloadType(int block) {
    return header(block) >>> 24 & PAYLOAD_TYPE_MASK;
  }

  /**
   * How many ticks a redundant block is older than the packet, 0 to 16383.
   *
   * @param block below {@link #redundantBlocks()}
   */
  public int redundantTimestampOffset(int block) {
    return header(block) >> 10 & OFFSET_MASK;
  }

  /**
   * Bytes of a redundant block, 0 to 1023.
   *
   * @param block below {@link #redundantBlocks()}
   */
  public int redundantLength(int block) {
    return header(block) & LENGTH_MASK;
  }

  /**
   * Rewrites the payload type of every block in place: a receiver may have another one for the
   * codec than the sender.
   *
   * @param payloadType 0 to 127
   */
  public void setPayloadTypes(int payloadType) {
    for (int block = 0; block <= redundantBlocks; block++) {
      int at = offset + BLOCK_HEADER_LENGTH * block;
      buffer[at] = (byte) ((buffer[at] & MORE_BIT) | (payloadType & PAYLOAD_TYPE_MASK));
    }
  }

  private int header(int block) {
    if (block < 0 || block >= redundantBlocks) {
      throw new IndexOutOfBoundsException("block %d of %d".formatted(block, redundantBlocks));
    }
    return int32(buffer, offset + BLOCK_HEADER_LENGTH * block);
  }
}

package dev.sluice.rtp.av1;

import static dev.sluice.rtp.NetworkOrder.unsignedByte;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.video.VideoPayload;

/**
 * The payload of one AV1 packet (AOMedia, "RTP Payload Format For AV1" §4.4, §4.5; OBU headers as
 * in the AV1 bitstream specification §5.3).
 *
 * <p>Which packet is the first of its frame is only known for key frames; else the dependency
 * descriptor tells it. Layers are told by OBU headers with the extension, which a stream of one
 * layer does not have.
 */
public final class Av1Payload implements VideoPayload {
  private static final int CONTINUED_BIT = 0x80;
  private static final int CONTINUES_BIT = 0x40;
  private static final int NEW_SEQUENCE_BIT = 0x08;

  private static final int OBU_FORBIDDEN_BIT = 0x80;
  private static final int OBU_EXTENSION_BIT = 0x04;
  private static final int OBU_SIZE_BIT = 0x02;
  private static final int OBU_SEQUENCE_HEADER = 1;

  // AV1 bitstream specification §4.10.5: a leb128 has at most 8 bytes and 32 bits
  private static final int MAX_LEB128_LENGTH = 8;

  private final SequenceHeader sequence = new SequenceHeader();
  private byte[] buffer = new byte[1];
  private int offset;
  private int elementCount;
  private int layerOffset = ABSENT;
  private int width = ABSENT;
  private int height = ABSENT;
  private int position;

  /**
   * {@inheritDoc}
   *
   * @return false when an OBU element is cut off, an OBU header is malformed or there is no element
   */
  @Override
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length) || length < 2) {
      return false;
    }
    int header = unsignedByte(buffer, offset);
    boolean continued = (header & CONTINUED_BIT) != 0;
    // §4.4: what starts a coded video sequence continues nothing
    if (continued && (header & NEW_SEQUENCE_BIT) != 0) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    elementCount = 0;
    layerOffset = ABSENT;
    width = ABSENT;
    height = ABSENT;
    position = offset + 1;
    return readElements(header >> 4 & 0x03, continued, offset + length);
  }

  /** Goes through the elements; {@code counted} is W, of which 0 says that each has its length. */
  private boolean readElements(int counted, boolean continued, int end) {
    while (position < end) {
      boolean last = elementCount + 1 == counted;
      long size = last ? end - position : leb128(end);
      if (size < 0 || size > end - position) {
        return false;
      }
      int start = position;
      position += (int) size;
      boolean isContinuation = continued && elementCount == 0;
      if (!isContinuation && !readObu(start, (int) size)) {
        return false;
      }
      elementCount++;
    }
    return elementCount > 0 && (counted == 0 || elementCount == counted);
  }

  /** The length at the position, which moves behind it; -1 when there is none. */
  private long leb128(int end) {
    long value = 0;
    for (int i = 0; i < MAX_LEB128_LENGTH && position < end; i++) {
      int next = buffer[position++];
      value |= (next & 0x7FL) << (7 * i);
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    return -1;
  }

  private boolean readObu(int start, int size) {
    if (size == 0 || (buffer[start] & OBU_FORBIDDEN_BIT) != 0) {
      return false;
    }
    int header = buffer[start];
    int headerLength = 1;
    if ((header & OBU_EXTENSION_BIT) != 0) {
      headerLength = 2;
      if (size < headerLength) {
        return false;
      }
      if (layerOffset == ABSENT) {
        layerOffset = start + 1;
      }
    }
    // §4.5: elements should have no size field of their own; where one has, we don't look inside
    if ((header >> 3 & 0x0F) == OBU_SEQUENCE_HEADER
        && (header & OBU_SIZE_BIT) == 0
        && sequence.read(buffer, start + headerLength, size - headerLength)) {
      width = sequence.width();
      height = sequence.height();
    }
    return true;
  }

  /** The Z bit: the first OBU element goes on from the packet before. */
  public boolean continued() {
    return (buffer[offset] & CONTINUED_BIT) != 0;
  }

  /** The Y bit: the last OBU element goes on in the packet behind. */
  public boolean continues() {
    return (buffer[offset] & CONTINUES_BIT) != 0;
  }

  /** OBU elements in the packet, at least 1. */
  public int elementCount() {
    return elementCount;
  }

  /** The N bit: the packet starts a coded video sequence, and so a key frame. */
  @Override
  public boolean startsKeyFrame() {
    return (buffer[offset] & NEW_SEQUENCE_BIT) != 0;
  }

  @Override
  public boolean startsFrame() {
    return startsKeyFrame();
  }

  /** 0 to 7, or {@link #ABSENT}. */
  @Override
  public int temporalId() {
    return layerOffset == ABSENT ? ABSENT : unsignedByte(buffer, layerOffset) >> 5;
  }

  /** 0 to 3, or {@link #ABSENT}. */
  @Override
  public int spatialId() {
    return layerOffset == ABSENT ? ABSENT : buffer[layerOffset] >> 3 & 0x03;
  }

  /** The largest width of the sequence, 1 to 65536, or {@link #ABSENT}. */
  @Override
  public int keyFrameWidth() {
    return startsKeyFrame() ? width : ABSENT;
  }

  /** The largest height of the sequence, 1 to 65536, or {@link #ABSENT}. */
  @Override
  public int keyFrameHeight() {
    return startsKeyFrame() ? height : ABSENT;
  }
}

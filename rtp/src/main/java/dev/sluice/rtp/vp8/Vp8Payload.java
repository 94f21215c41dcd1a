package dev.sluice.rtp.vp8;

import static dev.sluice.rtp.NetworkOrder.unsignedByte;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.video.PictureNumberFields;
import dev.sluice.rtp.video.VideoPayload;

/** The payload of one VP8 packet (RFC 7741 §4.2, §4.3). */
public final class Vp8Payload implements VideoPayload {
  private static final int EXTENDED_BIT = 0x80;
  private static final int NON_REFERENCE_BIT = 0x20;
  private static final int START_BIT = 0x10;
  private static final int PARTITION_MASK = 0x07;

  private static final int PICTURE_ID_BIT = 0x80;
  private static final int TL0PICIDX_BIT = 0x40;
  private static final int TID_BIT = 0x20;
  private static final int KEYIDX_BIT = 0x10;

  // RFC 7741 §4.3: the first bit of the VP8 frame header is 0 for a key frame
  private static final int INTERFRAME_BIT = 0x01;
  // RFC 6386 §9.1: frame tag (3 bytes), start code (3 bytes), 14-bit width and height
  private static final int KEY_FRAME_HEADER_LENGTH = 10;
  private static final int START_CODE = 0x9D012A;
  private static final int WIDTH_OFFSET = 6;
  private static final int HEIGHT_OFFSET = 8;
  private static final int DIMENSION_MASK = 0x3FFF;

  private byte[] buffer = new byte[1];
  private int offset;
  private final PictureNumberFields numbers = new PictureNumberFields();
  private int temporalOffset = ABSENT;
  private boolean hasTemporalId;
  private boolean hasKeyIndex;
  private int frameOffset;
  private int frameLength;

  /**
   * {@inheritDoc}
   *
   * @return false when the descriptor is malformed or no VP8 byte follows it
   */
  @Override
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length) || length < 2) {
      return false;
    }
    int end = offset + length;
    int position = offset + 1;
    int pictureId = ABSENT;
    int tl0PicIdx = ABSENT;
    int temporal = ABSENT;
    int flags = 0;
    if ((buffer[offset] & EXTENDED_BIT) != 0) {
      flags = unsignedByte(buffer, position++);
      if ((flags & PICTURE_ID_BIT) != 0) {
        if (position >= end) {
          return false;
        }
        pictureId = position;
        position += PictureNumberFields.pictureIdLength(buffer[position]);
      }
      if ((flags & TL0PICIDX_BIT) != 0) {
        tl0PicIdx = position++;
      }
      if ((flags & (TID_BIT | KEYIDX_BIT)) != 0) {
        temporal = position++;
      }
    }
    if (position >= end) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    numbers.wrap(buffer, pictureId, tl0PicIdx);
    this.temporalOffset = temporal;
    this.hasTemporalId = (flags & TID_BIT) != 0;
    this.hasKeyIndex = (flags & KEYIDX_BIT) != 0;
    this.frameOffset = position;
    this.frameLength = end - position;
    return true;
  }

  /** The S bit: the packet starts a VP8 partition. */
  public boolean startOfPartition() {
    return (buffer[offset] & START_BIT) != 0;
  }

  /** The partition index PID, 0 to 7. */
  public int partition() {
    return buffer[offset] & PARTITION_MASK;
  }

  @Override
  public boolean startsFrame() {
    return startOfPartition() && partition() == 0;
  }

  @Override
  public boolean startsKeyFrame() {
    return startsFrame() && (buffer[frameOffset] & INTERFRAME_BIT) == 0;
  }

  @Override
  public int pictureId() {
    return numbers.pictureId();
  }

  /** Whether the picture id has 15 bits. */
  public boolean hasLongPictureId() {
    return numbers.hasLongPictureId();
  }

  @Override
  public int tl0PicIdx() {
    return numbers.tl0PicIdx();
  }

  /** The temporal layer, 0 to 3, or {@link #ABSENT}. */
  @Override
  public int temporalId() {
    return hasTemporalId ? unsignedByte(buffer, temporalOffset) >> 6 : ABSENT;
  }

  /** The Y bit: the frame only depends on the base layer. */
  @Override
  public boolean switchesUp() {
    return hasTemporalId && (buffer[temporalOffset] & 0x20) != 0;
  }

  /** The N bit: no other frame refers to this one. */
  @Override
  public boolean discardable() {
    return (buffer[offset] & NON_REFERENCE_BIT) != 0;
  }

  /** The temporal key frame index, 0 to 31, or {@link #ABSENT}. */
  public int keyIndex() {
    return hasKeyIndex ? buffer[temporalOffset] & 0x1F : ABSENT;
  }

  /** 0 to 16383, or {@link #ABSENT}. */
  @Override
  public int keyFrameWidth() {
    return dimension(WIDTH_OFFSET);
  }

  /** 0 to 16383, or {@link #ABSENT}. */
  @Override
  public int keyFrameHeight() {
    return dimension(HEIGHT_OFFSET);
  }

  /** Where the VP8 bytes start in the buffer, behind the descriptor. */
  public int frameOffset() {
    return frameOffset;
  }

  /** VP8 bytes behind the descriptor, at least 1. */
  public int frameLength() {
    return frameLength;
  }

  @Override
  public void setPictureId(int pictureId) {
    numbers.setPictureId(pictureId);
  }

  @Override
  public void setTl0PicIdx(int tl0PicIdx) {
    numbers.setTl0PicIdx(tl0PicIdx);
  }

  private int dimension(int headerOffset) {
    if (!startsKeyFrame()
        || frameLength < KEY_FRAME_HEADER_LENGTH
        || NetworkOrder.unsigned24(buffer, frameOffset + 3) != START_CODE) {
      return ABSENT;
    }
    int at = frameOffset + headerOffset;
    // RFC 6386 §9.1: little-endian, the upper two bits are a scaling hint
    return (unsignedByte(buffer, at) | unsignedByte(buffer, at + 1) << 8) & DIMENSION_MASK;
  }
}

package dev.sluice.rtp.video;

import static dev.sluice.rtp.NetworkOrder.unsignedByte;
import static dev.sluice.rtp.NetworkOrder.unsignedShort;

import dev.sluice.rtp.NetworkOrder;

/**
 * The picture id and the TL0PICIDX, which VP8's and VP9's descriptors write alike (RFC 7741 §4.2,
 * RFC 9628 §4.2). A flyweight over the packet that its owner has checked. Not thread-safe.
 */
public final class PictureNumberFields {
  /** Set in the first byte of a picture id of 15 bits. */
  private static final int LONG_BIT = 0x80;

  private byte[] buffer = new byte[0];
  private int pictureIdOffset = VideoPayload.ABSENT;
  private int tl0PicIdxOffset = VideoPayload.ABSENT;

  /** The bytes, 1 or 2, of the picture id whose first byte is this one. */
  public static int pictureIdLength(byte first) {
    return (first & LONG_BIT) != 0 ? 2 : 1;
  }

  /**
   * @param pictureIdOffset where it starts in the buffer, or {@link VideoPayload#ABSENT}
   * @param tl0PicIdxOffset likewise
   */
  public void wrap(byte[] buffer, int pictureIdOffset, int tl0PicIdxOffset) {
    this.buffer = buffer;
    this.pictureIdOffset = pictureIdOffset;
    this.tl0PicIdxOffset = tl0PicIdxOffset;
  }

  /** See {@link VideoPayload#pictureId()}. */
  public int pictureId() {
    if (pictureIdOffset == VideoPayload.ABSENT) {
      return VideoPayload.ABSENT;
    }
    return hasLongPictureId()
        ? unsignedShort(buffer, pictureIdOffset) & 0x7FFF
        : buffer[pictureIdOffset] & 0x7F;
  }

  /** Whether the picture id has 15 bits. */
  public boolean hasLongPictureId() {
    return pictureIdOffset != VideoPayload.ABSENT && pictureIdLength(buffer[pictureIdOffset]) == 2;
  }

  /** See {@link VideoPayload#setPictureId(int)}. */
  public void setPictureId(int pictureId) {
    if (pictureIdOffset == VideoPayload.ABSENT) {
      return;
    }
    if (hasLongPictureId()) {
      NetworkOrder.putShort(buffer, pictureIdOffset, (pictureId & 0x7FFF) | 0x8000);
    } else {
      buffer[pictureIdOffset] = (byte) (pictureId & 0x7F);
    }
  }

  /** See {@link VideoPayload#tl0PicIdx()}. */
  public int tl0PicIdx() {
    return tl0PicIdxOffset == VideoPayload.ABSENT
        ? VideoPayload.ABSENT
        : unsignedByte(buffer, tl0PicIdxOffset);
  }

  /** See {@link VideoPayload#setTl0PicIdx(int)}. */
  public void setTl0PicIdx(int tl0PicIdx) {
    if (tl0PicIdxOffset != VideoPayload.ABSENT) {
      buffer[tl0PicIdxOffset] = (byte) tl0PicIdx;
    }
  }
}

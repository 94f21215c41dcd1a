package dev.sluice.rtp.vp9;

import static dev.sluice.rtp.NetworkOrder.unsignedByte;
import static dev.sluice.rtp.NetworkOrder.unsignedShort;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.video.PictureNumberFields;
import dev.sluice.rtp.video.VideoPayload;

/**
 * The payload of one VP9 packet (RFC 9628 §4.2), in the flexible and the non-flexible mode. What
 * the RFC calls a picture, the frames of all spatial layers of one instant, is a frame to {@link
 * VideoPayload}.
 */
public final class Vp9Payload implements VideoPayload {
  private static final int PICTURE_ID_BIT = 0x80;
  private static final int INTER_PICTURE_BIT = 0x40;
  private static final int LAYER_BIT = 0x20;
  private static final int FLEXIBLE_BIT = 0x10;
  private static final int START_BIT = 0x08;
  private static final int END_BIT = 0x04;
  private static final int STRUCTURE_BIT = 0x02;
  private static final int NOT_REFERENCE_BIT = 0x01;

  private static final int SWITCHING_UP_BIT = 0x10;
  private static final int INTER_LAYER_BIT = 0x01;

  private static final int MORE_DIFFERENCES_BIT = 0x01;
  private static final int MAX_DIFFERENCES = 3;

  private static final int SIZES_BIT = 0x10;
  private static final int GROUP_BIT = 0x08;

  private byte[] buffer = new byte[1];
  private int offset;
  private final PictureNumberFields numbers = new PictureNumberFields();
  private int layerOffset = ABSENT;
  private int differencesOffset = ABSENT;
  private int differenceCount;
  private int spatialLayers;
  private int sizesOffset = ABSENT;
  private int frameOffset;
  private int frameLength;

  /**
   * {@inheritDoc}
   *
   * @return false when the descriptor is malformed or no VP9 byte follows it
   */
  @Override
  public boolean wrap(byte[] buffer, int offset, int length) {
    if (!NetworkOrder.isRegion(buffer, offset, length) || length < 2) {
      return false;
    }
    int end = offset + length;
    int flags = unsignedByte(buffer, offset);
    boolean flexible = (flags & FLEXIBLE_BIT) != 0;
    int position = offset + 1;
    int pictureId = ABSENT;
    int layer = ABSENT;
    int tl0PicIdx = ABSENT;
    int differences = ABSENT;
    int differencesFound = 0;
    if ((flags & PICTURE_ID_BIT) != 0) {
      pictureId = position;
      position += PictureNumberFields.pictureIdLength(buffer[position]);
    }
    if ((flags & LAYER_BIT) != 0) {
      layer = position++;
      if (!flexible) {
        tl0PicIdx = position++;
      }
    }
    if (flexible && (flags & INTER_PICTURE_BIT) != 0) {
      // RFC 9628 §4.2: references are differences of picture ids, so there must be one
      if (pictureId == ABSENT) {
        return false;
      }
      differences = position;
      boolean more = true;
      while (more) {
        if (position >= end || differencesFound == MAX_DIFFERENCES) {
          return false;
        }
        more = (buffer[position++] & MORE_DIFFERENCES_BIT) != 0;
        differencesFound++;
      }
    }
    int layers = 0;
    int sizes = ABSENT;
    if ((flags & STRUCTURE_BIT) != 0) {
      if (position >= end) {
        return false;
      }
      int structure = unsignedByte(buffer, position);
      layers = (structure >> 5) + 1;
      sizes = (structure & SIZES_BIT) == 0 ? ABSENT : position + 1;
      position = endOfStructure(buffer, position, end);
    }
    if (position >= end) {
      return false;
    }
    this.buffer = buffer;
    this.offset = offset;
    numbers.wrap(buffer, pictureId, tl0PicIdx);
    this.layerOffset = layer;
    this.differencesOffset = differences;
    this.differenceCount = differencesFound;
    this.spatialLayers = layers;
    this.sizesOffset = sizes;
    this.frameOffset = position;
    this.frameLength = end - position;
    return true;
  }

  /** Where the scalability structure ends; at or behind {@code end} when it is cut off. */
  private static int endOfStructure(byte[] buffer, int start, int end) {
    int structure = unsignedByte(buffer, start);
    int position = start + 1;
    if ((structure & SIZES_BIT) != 0) {
      position += 4 * ((structure >> 5) + 1);
    }
    if ((structure & GROUP_BIT) != 0) {
      if (position >= end) {
        return end;
      }
      int pictures = unsignedByte(buffer, position++);
      for (int i = 0; i < pictures; i++) {
        if (position >= end) {
          return end;
        }
        int references = buffer[position] >> 2 & 0x03;
        position += 1 + references;
      }
    }
    return position;
  }

  /** The B bit: the packet starts the frame of one spatial layer. */
  public boolean startsLayerFrame() {
    return has(START_BIT);
  }

  /** The E bit. */
  @Override
  public boolean endsLayerFrame() {
    return has(END_BIT);
  }

  /** The F bit: references are told packet by packet, and there is no {@link #tl0PicIdx()}. */
  public boolean flexible() {
    return has(FLEXIBLE_BIT);
  }

  /** The P bit: the frame refers to earlier pictures. */
  public boolean predictedFromEarlierPictures() {
    return has(INTER_PICTURE_BIT);
  }

  /** The D bit: the frame refers to the next lower spatial layer of its picture. */
  public boolean predictedFromLowerLayer() {
    return layerOffset != ABSENT && (buffer[layerOffset] & INTER_LAYER_BIT) != 0;
  }

  /** The Z bit: no higher spatial layer of this picture refers to the frame. */
  public boolean unusedByHigherLayers() {
    return has(NOT_REFERENCE_BIT);
  }

  @Override
  public boolean startsFrame() {
    return has(START_BIT) && spatialId() <= 0 && !predictedFromLowerLayer();
  }

  @Override
  public boolean startsKeyFrame() {
    return startsFrame() && !predictedFromEarlierPictures();
  }

  /** The TID, 0 to 7, or {@link #ABSENT}. */
  @Override
  public int temporalId() {
    return layerOffset == ABSENT ? ABSENT : unsignedByte(buffer, layerOffset) >> 5;
  }

  /** The SID, 0 to 7, or {@link #ABSENT}. */
  @Override
  public int spatialId() {
    return layerOffset == ABSENT ? ABSENT : buffer[layerOffset] >> 1 & 0x07;
  }

  /** The U bit. */
  @Override
  public boolean switchesUp() {
    return layerOffset != ABSENT && (buffer[layerOffset] & SWITCHING_UP_BIT) != 0;
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
  public void setPictureId(int pictureId) {
    numbers.setPictureId(pictureId);
  }

  /** 0 to 255 in the non-flexible mode with layers; else {@link #ABSENT}. */
  @Override
  public int tl0PicIdx() {
    return numbers.tl0PicIdx();
  }

  @Override
  public void setTl0PicIdx(int tl0PicIdx) {
    numbers.setTl0PicIdx(tl0PicIdx);
  }

  /** How many pictures the frame says it refers to, 0 to 3; 0 in the non-flexible mode. */
  public int referenceCount() {
    return differenceCount;
  }

  /**
   * How many picture ids a reference lies back, 1 to 127; 0 is malformed but can't be excluded.
   *
   * @param index below {@link #referenceCount()}
   */
  public int reference(int index) {
    if (index < 0 || index >= differenceCount) {
      throw new IndexOutOfBoundsException("reference %d of %d".formatted(index, differenceCount));
    }
    return unsignedByte(buffer, differencesOffset + index) >> 1;
  }

  /** The number of spatial layers, 1 to 8, when the packet has a structure; else 0. */
  public int spatialLayers() {
    return spatialLayers;
  }

  /**
   * The width in pixels of a spatial layer, 0 to 65535, or {@link #ABSENT}.
   *
   * @param spatialId below {@link #spatialLayers()}
   */
  public int layerWidth(int spatialId) {
    return layerSize(spatialId, 0);
  }

  /**
   * The height in pixels of a spatial layer, 0 to 65535, or {@link #ABSENT}.
   *
   * @param spatialId below {@link #spatialLayers()}
   */
  public int layerHeight(int spatialId) {
    return layerSize(spatialId, 2);
  }

  private int layerSize(int spatialId, int field) {
    boolean told = sizesOffset != ABSENT && spatialId >= 0 && spatialId < spatialLayers;
    return told ? unsignedShort(buffer, sizesOffset + 4 * spatialId + field) : ABSENT;
  }

  /** 0 to 65536, or {@link #ABSENT}. */
  @Override
  public int keyFrameWidth() {
    if (!startsKeyFrame()) {
      return ABSENT;
    }
    return sizesOffset == ABSENT
        ? KeyFrameHeader.width(buffer, frameOffset, frameLength)
        : layerWidth(spatialLayers - 1);
  }

  /** 0 to 65536, or {@link #ABSENT}. */
  @Override
  public int keyFrameHeight() {
    if (!startsKeyFrame()) {
      return ABSENT;
    }
    return sizesOffset == ABSENT
        ? KeyFrameHeader.height(buffer, frameOffset, frameLength)
        : layerHeight(spatialLayers - 1);
  }

  /** Where the VP9 bytes start in the buffer, behind the descriptor. */
  public int frameOffset() {
    return frameOffset;
  }

  /** VP9 bytes behind the descriptor, at least 1. */
  public int frameLength() {
    return frameLength;
  }

  private boolean has(int bit) {
    return (buffer[offset] & bit) != 0;
  }
}

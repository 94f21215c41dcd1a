package dev.sluice.rtp.video;

import dev.sluice.rtp.RtpPacket;

/**
 * A flyweight over the payload of one video packet. {@link #wrap} checks all that is read later, so
 * that no other method can fail or touch bytes outside of the payload. What a codec's payload does
 * not tell reads as {@link #ABSENT} or false; writing what is not there does nothing.
 */
public interface VideoPayload {
  /** What a number that the payload does not tell reads as. */
  int ABSENT = -1;

  /**
   * Takes a payload without its RTP padding. The bytes are not copied.
   *
   * @return false when it is malformed; the flyweight must not be read then
   */
  boolean wrap(byte[] buffer, int offset, int length);

  /**
   * Takes the payload of a packet; a packet of padding only counts as malformed.
   *
   * @return false when it is malformed; the flyweight must not be read then
   */
  default boolean wrap(RtpPacket packet) {
    return wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }

  /**
   * Whether a decoder that has nothing yet can start with this packet. With H.264 more than one
   * packet of a key frame may say so, with the other codecs only its first.
   */
  boolean startsKeyFrame();

  /**
   * Whether the payload says that it is the first of its frame, of all spatial layers. H.264 never
   * does and AV1 only at key frames: there false means nothing, and a frame starts behind a marker
   * bit or where the dependency descriptor says so.
   */
  boolean startsFrame();

  /** The temporal layer, 0 for the base, or {@link #ABSENT}. */
  default int temporalId() {
    return ABSENT;
  }

  /** The spatial layer, 0 for the smallest, or {@link #ABSENT}. */
  default int spatialId() {
    return ABSENT;
  }

  /** Whether the payload says that it is the last of the frame of its spatial layer. */
  default boolean endsLayerFrame() {
    return false;
  }

  /**
   * Whether a receiver who was given only the temporal layers below {@link #temporalId()} may be
   * given this layer too from this packet's frame on.
   */
  default boolean switchesUp() {
    return false;
  }

  /** Whether the payload says that no other frame needs this packet. */
  default boolean discardable() {
    return false;
  }

  /** The picture id, 7 or 15 bits, or {@link #ABSENT}. */
  default int pictureId() {
    return ABSENT;
  }

  /** Rewrites the picture id in place, in as many bits as it has. */
  default void setPictureId(int pictureId) {}

  /** The index of the latest picture of the temporal base layer, 0 to 255, or {@link #ABSENT}. */
  default int tl0PicIdx() {
    return ABSENT;
  }

  /** Rewrites the temporal level zero index in place; its low 8 bits count. */
  default void setTl0PicIdx(int tl0PicIdx) {}

  /**
   * The width in pixels of the largest spatial layer, where the start of a key frame tells it; else
   * {@link #ABSENT}.
   */
  int keyFrameWidth();

  /** The height in pixels that belongs to {@link #keyFrameWidth()}, or {@link #ABSENT}. */
  int keyFrameHeight();
}

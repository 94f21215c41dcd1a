package dev.sluice.router.forward;

import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.video.VideoPayload;
import java.util.random.RandomGenerator;

/**
 * Continues the numbers that pictures have beside those of RTP over every switch of layers: picture
 * ids, temporal level zero indexes, and the frame numbers of the dependency descriptor. Used on the
 * worker's thread only.
 */
final class PictureNumbers {
  private final boolean closesGaps;
  private int pictureIdOffset;
  private int tl0PicIdxOffset;
  private int frameNumberOffset;
  private int lastPictureId;
  private int lastTl0PicIdx;
  private int lastFrameNumber;

  /**
   * Numbers from random ones on.
   *
   * @param closesGaps whether pictures that are left out leave no gap in the picture ids: a
   *     receiver of VP8 waits for a picture that is missing between two of the upper temporal
   *     layers (RFC 7741 §4.2), while those of VP9 are counted off from the ids as they were (RFC
   *     9628 §4.2)
   */
  PictureNumbers(boolean closesGaps, RandomGenerator random) {
    this.closesGaps = closesGaps;
    lastPictureId = random.nextInt();
    lastTl0PicIdx = random.nextInt();
    lastFrameNumber = random.nextInt();
  }

  /** The packet's picture becomes the next one. */
  void start(VideoPacket video) {
    pictureIdOffset = lastPictureId + 1 - Math.max(0, video.pictureId());
    tl0PicIdxOffset = lastTl0PicIdx + 1 - Math.max(0, video.tl0PicIdx());
    frameNumberOffset = lastFrameNumber + 1 - Math.max(0, video.frameNumber());
  }

  /** Takes the newest packet of those that are sent. */
  void onNewest(VideoPacket video, int picturesLeftOut) {
    if (video.pictureId() >= 0) {
      lastPictureId = pictureId(video.pictureId(), picturesLeftOut);
    }
    if (video.tl0PicIdx() >= 0) {
      lastTl0PicIdx = video.tl0PicIdx() + tl0PicIdxOffset;
    }
    if (video.frameNumber() >= 0) {
      lastFrameNumber = video.frameNumber() + frameNumberOffset;
    }
  }

  /** What the frame numbers of the layer are moved by. */
  int frameNumberOffset() {
    return frameNumberOffset;
  }

  /** Puts our numbers into the payload of a packet that is going to be sent. */
  void write(VideoPayload payload, int picturesLeftOut) {
    payload.setPictureId(pictureId(payload.pictureId(), picturesLeftOut));
    payload.setTl0PicIdx(payload.tl0PicIdx() + tl0PicIdxOffset);
  }

  private int pictureId(int pictureId, int picturesLeftOut) {
    return pictureId + pictureIdOffset - (closesGaps ? picturesLeftOut : 0);
  }
}

package dev.sluice.router.live;

import dev.sluice.router.pace.PacedTrack;
import dev.sluice.rtp.NetworkOrder;

/** Whether the newest key frame of a video waits at the pacer still. Worker thread. */
final class KeyFrameProgress {
  private static final int SEQUENCE_NUMBER_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;

  private final PacedTrack track;
  // More of it may follow
  private boolean open;
  private boolean waiting;
  private int timestamp;
  private int lastSequenceNumber;

  KeyFrameProgress(PacedTrack track) {
    this.track = track;
  }

  /** A packet was written that is about to leave, or to wait. */
  void onWritten(byte[] buffer, int offset, boolean startsKeyFrame) {
    int its = NetworkOrder.int32(buffer, offset + TIMESTAMP_OFFSET);
    open = startsKeyFrame || (open && its == timestamp);
    if (open) {
      timestamp = its;
      lastSequenceNumber = NetworkOrder.unsignedShort(buffer, offset + SEQUENCE_NUMBER_OFFSET);
      waiting = true;
    }
    // With every packet, because a number means nothing any more when it comes again
    update();
  }

  /** What waited was dropped. */
  void onDropped() {
    open = false;
    waiting = false;
  }

  boolean isWaiting() {
    update();
    return waiting;
  }

  private void update() {
    waiting = waiting && !track.hasSent(lastSequenceNumber);
  }
}

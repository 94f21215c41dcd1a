package dev.sluice.simulation.subscriber;

import dev.sluice.simulation.media.FrameNote;
import java.util.BitSet;

/** A picture as its packets come in. */
final class Picture {
  private final FrameNote note;
  private final int pictureId;
  private final BitSet packets = new BitSet();
  private long firstSequence = Long.MAX_VALUE;
  private long showAtNanos;

  Picture(FrameNote note, int pictureId) {
    this.note = note;
    this.pictureId = pictureId;
  }

  FrameNote note() {
    return note;
  }

  int pictureId() {
    return pictureId;
  }

  /** The lowest sequence number among its packets so far. */
  long firstSequence() {
    return firstSequence;
  }

  void add(int packet, long sequence) {
    packets.set(packet);
    firstSequence = Math.min(firstSequence, sequence);
  }

  long showAtNanos() {
    return showAtNanos;
  }

  void showAtNanos(long nanos) {
    showAtNanos = nanos;
  }

  boolean isComplete() {
    return packets.cardinality() == note.packets();
  }
}

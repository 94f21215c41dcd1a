package dev.sluice.simulation.subscriber;

import dev.sluice.simulation.media.FrameNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands on the pictures that can be decoded, at their time: complete, with all that they refer to
 * decoded before, in the order of their capture. One that comes after a later one was shown is
 * dropped.
 */
final class PictureBuffer {
  /** No picture was completed. */
  static final long NOTHING = Long.MAX_VALUE;

  private static final int REMEMBERED = 256;

  private final Map<Integer, int[]> decoded = new HashMap<>();
  private final Map<Long, Picture> open = new HashMap<>();
  private final List<Picture> waiting = new ArrayList<>();
  private final Playout playout = new Playout();
  private final Consumer<Picture> shown;
  private long lastCapturedNanos = Long.MIN_VALUE;

  PictureBuffer(Consumer<Picture> shown) {
    this.shown = shown;
  }

  /**
   * Takes a packet.
   *
   * @return when to call {@link #showUntil} for the picture it completes, or {@link #NOTHING}
   */
  long onPacket(FrameNote note, int pictureId, long sequence, long nowNanos) {
    if (isPast(note)) {
      return NOTHING;
    }
    long key = (long) note.encoding() << 32 | note.frame();
    Picture picture = open.computeIfAbsent(key, _ -> new Picture(note, pictureId));
    picture.add(note.packet(), sequence);
    if (!picture.isComplete()) {
      return NOTHING;
    }
    open.remove(key);
    picture.showAtNanos(Math.max(nowNanos, playout.showAt(note.capturedNanos(), nowNanos)));
    waiting.add(picture);
    return picture.showAtNanos();
  }

  /** Shows what is to be shown by now. */
  void showUntil(long nowNanos) {
    waiting.sort(Comparator.comparingLong(picture -> picture.note().capturedNanos()));
    for (int i = 0; i < waiting.size(); ) {
      Picture picture = waiting.get(i);
      if (isPast(picture.note())) {
        waiting.remove(i);
      } else if (picture.showAtNanos() <= nowNanos && isDecodable(picture.note())) {
        waiting.remove(i);
        show(picture);
        i = 0;
      } else {
        i++;
      }
    }
  }

  private void show(Picture picture) {
    FrameNote note = picture.note();
    framesOf(note.encoding())[note.frame() % REMEMBERED] = note.frame();
    lastCapturedNanos = note.capturedNanos();
    open.values().removeIf(each -> isPast(each.note()));
    shown.accept(picture);
  }

  /** Another encoding's picture of the same moment is none of the past: a key frame of a switch. */
  private boolean isPast(FrameNote note) {
    return note.capturedNanos() < lastCapturedNanos
        || (note.capturedNanos() == lastCapturedNanos && isDecoded(note.encoding(), note.frame()));
  }

  private boolean isDecodable(FrameNote note) {
    return isDecoded(note.encoding(), note.first()) && isDecoded(note.encoding(), note.second());
  }

  private boolean isDecoded(int encoding, int frame) {
    return frame == FrameNote.NO_FRAME || framesOf(encoding)[frame % REMEMBERED] == frame;
  }

  private int[] framesOf(int encoding) {
    return decoded.computeIfAbsent(
        encoding,
        _ -> {
          int[] none = new int[REMEMBERED];
          Arrays.fill(none, FrameNote.NO_FRAME);
          return none;
        });
  }
}

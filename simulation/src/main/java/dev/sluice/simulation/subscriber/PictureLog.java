package dev.sluice.simulation.subscriber;

import dev.sluice.simulation.media.FrameNote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was seen of a video, and how long it stood still while it should not. What the router left
 * out on purpose, and times when the video was off, are no standstill.
 */
public final class PictureLog {
  /** A picture on the screen. */
  public record Shown(long nanos, int encoding, int temporal) {}

  /** A standstill. */
  public record Freeze(long fromNanos, long toNanos) {}

  private static final long LEAST_FREEZE_NANOS = 150_000_000;
  private static final int FREEZE_FRAMES = 3;
  private static final int RECENT = 8;
  // Pictures from one of the base layer to the next, by the highest temporal layer there is.
  private static final int[] FRAMES_BETWEEN = {4, 2, 1};

  private final long frameNanos;
  private final List<Shown> shown = new ArrayList<>();
  private final List<Freeze> freezes = new ArrayList<>();
  private boolean begun;
  private boolean on;
  private long onSinceNanos;
  private long lastNanos;
  private long lastCapturedNanos;
  private int lastPictureId;
  private boolean lastIsFresh;
  private long onNanos;

  PictureLog(long frameNanos) {
    this.frameNanos = frameNanos;
  }

  void onShown(Picture picture, long nowNanos) {
    FrameNote note = picture.note();
    Shown now = new Shown(nowNanos, note.encoding(), note.temporal());
    if (!begun) {
      begun = true;
      resume(nowNanos);
    } else if (on) {
      closeGap(nowNanos, intervalBefore(picture, now));
    }
    shown.add(now);
    lastNanos = nowNanos;
    lastCapturedNanos = note.capturedNanos();
    lastPictureId = picture.pictureId();
    lastIsFresh = true;
  }

  private long intervalBefore(Picture picture, Shown now) {
    if (!lastIsFresh) {
      // A key frame of several times the usual size is on its way.
      return FRAMES_BETWEEN[0] * frameNanos;
    }
    boolean follows =
        shown.getLast().encoding() == now.encoding()
            && picture.pictureId() == ((lastPictureId + 1) & 0x7FFF);
    // Nothing was sent in between: the router wanted it so.
    return follows
        ? Math.clamp(
            picture.note().capturedNanos() - lastCapturedNanos,
            frameNanos,
            FRAMES_BETWEEN[0] * frameNanos)
        : usualInterval(now);
  }

  private long usualInterval(Shown now) {
    int highest = now.temporal();
    for (int i = Math.max(0, shown.size() - RECENT); i < shown.size(); i++) {
      if (shown.get(i).encoding() == now.encoding()) {
        highest = Math.max(highest, shown.get(i).temporal());
      }
    }
    return FRAMES_BETWEEN[highest] * frameNanos;
  }

  private void closeGap(long nowNanos, long intervalNanos) {
    long gapNanos = nowNanos - lastNanos;
    if (gapNanos > Math.max(FREEZE_FRAMES * intervalNanos, LEAST_FREEZE_NANOS)) {
      freezes.add(new Freeze(lastNanos, nowNanos));
    }
  }

  /** The video is off from now on, and the viewer knows. */
  void pause(long nowNanos) {
    if (begun && on) {
      closeGap(nowNanos, shown.isEmpty() ? 0 : usualInterval(shown.getLast()));
      onNanos += nowNanos - onSinceNanos;
      on = false;
    }
  }

  /** It is back from now on: a picture should come soon. */
  void resume(long nowNanos) {
    if (begun && !on) {
      on = true;
      onSinceNanos = nowNanos;
      lastNanos = nowNanos;
      lastIsFresh = false;
    }
  }

  /** Ends the log. */
  void close(long nowNanos) {
    pause(nowNanos);
  }

  /** In order; the list must not be changed. */
  public List<Shown> shown() {
    return Collections.unmodifiableList(shown);
  }

  /** How long the video was on. */
  public long onNanos() {
    return onNanos;
  }

  /** How long of that it stood still. */
  public long frozenNanos() {
    return freezes.stream().mapToLong(freeze -> freeze.toNanos - freeze.fromNanos).sum();
  }

  /** When it did, in order; the list must not be changed. */
  public List<Freeze> freezes() {
    return Collections.unmodifiableList(freezes);
  }
}

package dev.sluice.simulation.subscriber;

import dev.sluice.simulation.media.FrameNote;
import dev.sluice.testkit.network.PathTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was seen of a video, and how long it stood still while it should not. What the router left
 * out on purpose, and times when the video was off, are no standstill; nor is a picture that is too
 * large for the path, were there nothing else on it: no sender could show it sooner. A key frame is
 * none of these, because the router has asked for it.
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

  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;

  private final long frameNanos;
  private final PathTrace downlink;
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

  PictureLog(long frameNanos, PathTrace downlink) {
    this.frameNanos = frameNanos;
    this.downlink = downlink;
  }

  void onShown(Picture picture, long nowNanos) {
    FrameNote note = picture.note();
    Shown now = new Shown(nowNanos, note.encoding(), note.temporal());
    if (!begun) {
      begun = true;
      resume(nowNanos);
    } else if (on) {
      long bearableNanos = bearableNanos(intervalBefore(picture, now));
      if (!isTooLarge(note, bearableNanos, nowNanos)) {
        closeGap(nowNanos, bearableNanos);
      }
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

  private static long bearableNanos(long intervalNanos) {
    return Math.max(FREEZE_FRAMES * intervalNanos, LEAST_FREEZE_NANOS);
  }

  private boolean isTooLarge(FrameNote note, long bearableNanos, long nowNanos) {
    long capacityBps = downlink.at(nowNanos).capacityBps();
    return !note.isKey()
        && capacityBps > 0
        && note.leastBytes() * BIT_NANOS_PER_BYTE / capacityBps > bearableNanos;
  }

  private void closeGap(long nowNanos, long bearableNanos) {
    if (nowNanos - lastNanos > bearableNanos) {
      freezes.add(new Freeze(lastNanos, nowNanos));
    }
  }

  /** The video is off from now on, and the viewer knows. */
  void pause(long nowNanos) {
    if (begun && on) {
      closeGap(nowNanos, bearableNanos(shown.isEmpty() ? 0 : usualInterval(shown.getLast())));
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

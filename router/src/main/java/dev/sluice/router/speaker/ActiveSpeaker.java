package dev.sluice.router.speaker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows who speaks among the streams of a room. Somebody becomes the speaker who has spoken for
 * about 0.6 s while the speaker before was quiet, or who drowns that one out for longer; then
 * nobody else does for 2 s. Silence changes nothing. Worker thread; nothing allocates per packet.
 */
public final class ActiveSpeaker {
  private static final long MIN_TURN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Map<String, Voice> voices = new HashMap<>();
  // Those who have been the speaker, the latest first.
  private final List<Voice> turns = new ArrayList<>();
  private @Nullable Voice current;
  private long turnNanos;

  /**
   * A packet of a stream has come.
   *
   * @param levelDbov 0 for the loudest to 127 for silence (RFC 6464 §3)
   */
  public void onLevel(String streamId, int levelDbov, long nowNanos) {
    Voice voice = voices.get(streamId);
    if (voice == null) {
      voice = new Voice(streamId, nowNanos);
      voices.put(streamId, voice);
    }
    voice.onLevel(levelDbov, nowNanos);
  }

  /** A stream has ended. When it was the speaker, nobody is until somebody speaks. */
  public void remove(String streamId) {
    Voice voice = voices.remove(streamId);
    if (voice != null) {
      turns.remove(voice);
      current = current == voice ? null : current;
    }
  }

  /** Judges anew; every 100 ms. Returns whether the speaker is another one. */
  public boolean update(long nowNanos) {
    for (Voice voice : voices.values()) {
      voice.advance(nowNanos);
    }
    if (current != null && nowNanos - turnNanos < MIN_TURN_NANOS) {
      return false;
    }
    Voice next = successor();
    if (next == null) {
      return false;
    }
    turns.remove(next);
    turns.addFirst(next);
    current = next;
    turnNanos = nowNanos;
    return true;
  }

  private @Nullable Voice successor() {
    Voice best = null;
    for (Voice voice : voices.values()) {
      boolean takesOver =
          current == null ? voice.isSpeaking() : voice != current && voice.takesOverFrom(current);
      if (takesOver && (best == null || voice.surpasses(best))) {
        best = voice;
      }
    }
    return best;
  }

  /** Who speaks, or spoke last; empty while nobody has. */
  public Optional<String> current() {
    return Optional.ofNullable(current).map(Voice::streamId);
  }

  /**
   * How lately a stream was the speaker: 0 for the latest that hasn't ended, 1 for the one before;
   * {@link Integer#MAX_VALUE} for one that wasn't.
   */
  public int rank(String streamId) {
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).streamId().equals(streamId)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}

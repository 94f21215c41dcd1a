package dev.sluice.router.speaker;

import java.util.Optional;

/** Follows who speaks among the streams of a room. Worker thread; nothing allocates per packet. */
public final class ActiveSpeaker {
  /**
   * A packet of a stream has come.
   *
   * @param levelDbov 0 for the loudest to 127 for silence (RFC 6464 §3)
   */
  public void onLevel(String streamId, int levelDbov, long nowNanos) {}

  /** A stream has ended. */
  public void remove(String streamId) {}

  /** Judges anew; every 100 ms. Returns whether the speaker is another one. */
  public boolean update(long nowNanos) {
    return false;
  }

  /** Who speaks, or spoke last; empty while nobody has. */
  public Optional<String> current() {
    return Optional.empty();
  }

  /** 0 for who speaks now, 1 for who spoke before; {@link Integer#MAX_VALUE} for who hasn't. */
  public int rank(String streamId) {
    return Integer.MAX_VALUE;
  }
}

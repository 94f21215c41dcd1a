package dev.sluice.router.track;

import java.time.Duration;

/**
 * Whether one encoding is switched off at its publisher because nobody wants it. One that was
 * switched off is still a choice: it comes when it is wanted again. If it does not come in time, it
 * is none until it does. Used on the worker's thread only.
 */
public final class OnDemand {
  private enum State {
    /** The publisher is asked to send it; whether it does is its own affair. */
    ON,
    OFF,
    /** It was switched on again and has not come yet. */
    RETURNING
  }

  private State state = State.ON;
  private boolean timed;
  private long wantedNanos;
  private long returningNanos;

  OnDemand() {}

  /** Whether the publisher is asked to send it. */
  boolean isOn() {
    return state != State.OFF;
  }

  /** Whether it is not sent, but comes when it is wanted. */
  public boolean isAvailable() {
    return state != State.ON;
  }

  /**
   * Goes by what holds now.
   *
   * @param wanted whether anybody wants it
   * @param active whether it arrives
   * @param trackActive whether any encoding of the track arrives
   */
  void update(
      boolean wanted,
      boolean active,
      boolean trackActive,
      EconomySettings settings,
      long nowNanos) {
    if (wanted || !timed) {
      timed = true;
      wantedNanos = nowNanos;
    }
    if (state == State.OFF) {
      returningNanos = nowNanos;
    }
    state =
        switch (state) {
          // What the publisher does not send of its own accord stays wanted: it comes when it can
          case ON ->
              active && hasPassed(settings.idle(), wantedNanos, nowNanos) ? State.OFF : State.ON;
          case OFF -> wanted ? State.RETURNING : State.OFF;
          case RETURNING -> active ? State.ON : returning(trackActive, settings, nowNanos);
        };
  }

  private State returning(boolean trackActive, EconomySettings settings, long nowNanos) {
    if (!trackActive) {
      // A publisher that pauses can't send it either
      returningNanos = nowNanos;
    }
    return hasPassed(settings.comeback(), returningNanos, nowNanos) ? State.ON : State.RETURNING;
  }

  private static boolean hasPassed(Duration duration, long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= duration.toNanos();
  }
}

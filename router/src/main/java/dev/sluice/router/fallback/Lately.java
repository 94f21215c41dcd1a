package dev.sluice.router.fallback;

import java.time.Duration;

/** How much of the time just past a condition has held. Worker thread. */
final class Lately {
  private static final int SLOTS = 60;
  private static final long ALL_SLOTS = (1L << SLOTS) - 1;

  private final long slotNanos;
  // A bit for each slot in which the condition held; the lowest is the latest.
  private long slots;
  private long latestSlot;
  private boolean begun;

  /** Looks back so far, in steps of a sixtieth of it. */
  Lately(Duration window) {
    slotNanos = Math.max(1, window.toNanos() / SLOTS);
  }

  /** The condition is taken to have been the same since the last update. */
  void update(boolean holds, long nowNanos) {
    long slot = Math.floorDiv(nowNanos, slotNanos);
    long passed = begun ? Math.clamp(slot - latestSlot, 0, SLOTS) : 1;
    long latest = holds ? 1 : 0;
    if (passed == 0) {
      slots = (slots & ~1L) | latest;
    }
    for (long i = 0; i < passed; i++) {
      slots = ((slots << 1) & ALL_SLOTS) | latest;
    }
    latestSlot = slot;
    begun = true;
  }

  /** Forgets what was. */
  void reset() {
    slots = 0;
    begun = false;
  }

  /** For how long of the window it held. */
  long heldNanos() {
    return Long.bitCount(slots) * slotNanos;
  }
}

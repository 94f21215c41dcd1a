package dev.sluice.router.worker;

import java.util.Arrays;

/**
 * Room for the decrypted RTP packets of one batch. What a track keeps of the batch stays valid
 * until its end.
 */
final class PacketPool {
  private final PacketSlot[] slots;
  private int used;

  PacketPool(int capacity) {
    slots = new PacketSlot[capacity];
    Arrays.setAll(slots, _ -> new PacketSlot());
  }

  boolean isFull() {
    return used == slots.length;
  }

  /** The next slot, which may be used again unless {@link #keep} follows. */
  PacketSlot next() {
    return slots[used];
  }

  void keep() {
    used++;
  }

  void clear() {
    used = 0;
  }
}

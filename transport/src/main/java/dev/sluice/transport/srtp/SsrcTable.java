package dev.sluice.transport.srtp;

import org.jspecify.annotations.Nullable;

/**
 * A bounded map from SSRC to a context that allocates nothing on a look-up: open addressing with
 * linear probing. When it is full the entry that was looked up longest ago makes room.
 */
final class SsrcTable<C> {
  private static final int INITIAL_SLOTS = 16;

  private final int maxEntries;
  private int[] ssrcs = new int[INITIAL_SLOTS];
  private long[] lastUses = new long[INITIAL_SLOTS];
  private @Nullable Object[] contexts = new Object[INITIAL_SLOTS];
  private int size;
  private long uses;

  SsrcTable(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only put() writes contexts, and it writes C
  @Nullable C get(int ssrc) {
    int slot = slotOf(ssrc);
    Object context = contexts[slot];
    lastUses[slot] = ++uses;
    return (C) context;
  }

  /** Adds a context for an SSRC that has none. */
  void put(int ssrc, C context) {
    if (size == maxEntries) {
      removeEldest();
    }
    if (2 * (size + 1) > contexts.length) {
      rebuild(2 * contexts.length);
    }
    insert(ssrc, context, ++uses);
  }

  private void insert(int ssrc, Object context, long lastUse) {
    int slot = slotOf(ssrc);
    ssrcs[slot] = ssrc;
    contexts[slot] = context;
    lastUses[slot] = lastUse;
    size++;
  }

  private int slotOf(int ssrc) {
    int mask = contexts.length - 1;
    // SSRCs of some senders count up: spread them (Fibonacci hashing).
    int slot = (ssrc * 0x9E37_79B9) >>> 8 & mask;
    while (contexts[slot] != null && ssrcs[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void removeEldest() {
    int eldest = -1;
    for (int slot = 0; slot < contexts.length; slot++) {
      if (contexts[slot] != null && (eldest < 0 || lastUses[slot] < lastUses[eldest])) {
        eldest = slot;
      }
    }
    contexts[eldest] = null;
    // Entries that were probed past the freed slot must be found again.
    rebuild(contexts.length);
  }

  private void rebuild(int slots) {
    int[] oldSsrcs = ssrcs;
    long[] oldLastUses = lastUses;
    @Nullable Object[] oldContexts = contexts;
    ssrcs = new int[slots];
    lastUses = new long[slots];
    contexts = new Object[slots];
    size = 0;
    for (int slot = 0; slot < oldContexts.length; slot++) {
      Object context = oldContexts[slot];
      if (context != null) {
        insert(oldSsrcs[slot], context, oldLastUses[slot]);
      }
    }
  }
}

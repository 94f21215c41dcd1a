package dev.sluice.router.worker;

/**
 * The RTP packets of one batch, decrypted, each in a slot of one array. A burst of a track refers
 * to them by slot; they live until the batch ends.
 */
public final class PacketArena {
  /** Room for a packet of any path MTU and what a rewrite adds. */
  public static final int SLOT_BYTES = 2048;

  private static final int SLOTS = 128;

  private final byte[] buffer = new byte[SLOTS * SLOT_BYTES];
  private final int[] lengths = new int[SLOTS];
  private int size;

  public byte[] buffer() {
    return buffer;
  }

  public boolean isFull() {
    return size == SLOTS;
  }

  /** Where the next packet is to be written. */
  public int nextOffset() {
    return size * SLOT_BYTES;
  }

  /**
   * Keeps the packet of {@code length} bytes at {@link #nextOffset}.
   *
   * @return its slot
   */
  public int commit(int length) {
    lengths[size] = length;
    return size++;
  }

  public int offset(int slot) {
    return slot * SLOT_BYTES;
  }

  public int length(int slot) {
    return lengths[slot];
  }

  void clear() {
    size = 0;
  }
}

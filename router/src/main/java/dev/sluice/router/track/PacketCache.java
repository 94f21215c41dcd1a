package dev.sluice.router.track;

import java.util.Arrays;

/**
 * Keeps the latest packets of one layer for retransmission to its subscribers, by sequence number.
 * It is kept once with the layer rather than with each subscriber: of fifty subscribers each would
 * copy and hold the same bytes. Packets are put one behind the other into one array, and the oldest
 * are overwritten. Used on the worker's thread only.
 */
public final class PacketCache {
  // A second of 2 Mbit/s: a NACK for what is older is of no use to the subscriber any more
  static final int PACKETS = 512;
  static final int ARENA_BYTES = 256 * 1024;

  private static final int EMPTY = -1;

  private final int[] sequenceNumbers = new int[PACKETS];
  private final long[] positions = new long[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private final byte[] arena = new byte[ARENA_BYTES];
  private final boolean[] base = new boolean[PACKETS];
  private long writePosition;

  PacketCache() {
    Arrays.fill(sequenceNumbers, EMPTY);
  }

  /** Forgets all packets: they are of another SSRC than those to come. */
  void clear() {
    Arrays.fill(sequenceNumbers, EMPTY);
  }

  /** Keeps a copy of a packet; one larger than the whole cache is not kept. */
  void store(int sequenceNumber, byte[] packet, int offset, int length) {
    if (length > ARENA_BYTES) {
      return;
    }
    int room = ARENA_BYTES - (int) (writePosition % ARENA_BYTES);
    if (room < length) {
      writePosition += room;
    }
    int slot = sequenceNumber & (PACKETS - 1);
    System.arraycopy(packet, offset, arena, (int) (writePosition % ARENA_BYTES), length);
    sequenceNumbers[slot] = sequenceNumber;
    positions[slot] = writePosition;
    lengths[slot] = length;
    base[slot] = false;
    writePosition += length;
  }

  /** The packet that was stored last turned out to be one that no picture can do without. */
  void markBase(int sequenceNumber) {
    int slot = find(sequenceNumber);
    if (slot >= 0) {
      base[slot] = true;
    }
  }

  /** Finds a packet; the slot it is in, or -1 when it is not there or not there any more. */
  public int find(int sequenceNumber) {
    int slot = sequenceNumber & (PACKETS - 1);
    boolean held =
        sequenceNumbers[slot] == sequenceNumber && positions[slot] >= writePosition - ARENA_BYTES;
    return held ? slot : -1;
  }

  /** The array that holds the packets. */
  public byte[] buffer() {
    return arena;
  }

  /** Where the packet of a slot starts in {@link #buffer()}. */
  public int offset(int slot) {
    return (int) (positions[slot] % ARENA_BYTES);
  }

  /** Whether no picture can do without the packet of a slot: it is of the lowest temporal layer. */
  public boolean isBase(int slot) {
    return base[slot];
  }

  /** The bytes of the packet of a slot. */
  public int length(int slot) {
    return lengths[slot];
  }
}

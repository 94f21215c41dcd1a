package dev.sluice.router.forward;

import dev.sluice.rtp.RtpPacket;
import java.util.Arrays;

/**
 * Keeps the latest outgoing packets of one stream for retransmission, as they were before
 * encryption, by sequence number. Packets are put one behind the other into one array, and the
 * oldest are overwritten. That array is made with the first packet, as many streams never send any.
 * Used on the worker's thread only.
 */
public final class PacketCache {
  private static final int EMPTY = -1;

  private final int arenaBytes;
  private final int mask;
  private final int[] sequenceNumbers;
  private final long[] positions;
  private final int[] lengths;
  private final long[] resentNanos;
  private final boolean[] resent;
  private byte[] arena = new byte[0];
  private long writePosition;

  /**
   * Makes a cache.
   *
   * @param packets how many to keep at most, a power of two up to 32768
   * @param arenaBytes how many bytes of packets to keep at most
   */
  public PacketCache(int packets, int arenaBytes) {
    if (Integer.bitCount(packets) != 1 || packets > 0x8000) {
      throw new IllegalArgumentException(packets + " packets");
    }
    this.arenaBytes = arenaBytes;
    mask = packets - 1;
    sequenceNumbers = new int[packets];
    positions = new long[packets];
    lengths = new int[packets];
    resentNanos = new long[packets];
    resent = new boolean[packets];
    Arrays.fill(sequenceNumbers, EMPTY);
  }

  /** Keeps a copy of a packet; one larger than the whole cache is not kept. */
  public void store(int sequenceNumber, byte[] packet, int offset, int length) {
    if (length > arenaBytes || length < RtpPacket.FIXED_HEADER_LENGTH) {
      return;
    }
    if (arena.length == 0) {
      arena = new byte[arenaBytes];
    }
    int room = arenaBytes - (int) (writePosition % arenaBytes);
    if (room < length) {
      writePosition += room;
    }
    int slot = sequenceNumber & mask;
    System.arraycopy(packet, offset, arena, (int) (writePosition % arenaBytes), length);
    sequenceNumbers[slot] = sequenceNumber;
    positions[slot] = writePosition;
    lengths[slot] = length;
    resent[slot] = false;
    writePosition += length;
  }

  /**
   * Finds a packet to send again; it then counts as sent again.
   *
   * @param minIntervalNanos the least time between two retransmissions of one packet: a round trip,
   *     because until then the subscriber can't know of the one before
   * @return its slot, or -1 when it is not there any more or was sent again just now
   */
  public int take(int sequenceNumber, long minIntervalNanos, long nowNanos) {
    int slot = sequenceNumber & mask;
    boolean held =
        sequenceNumbers[slot] == sequenceNumber && positions[slot] >= writePosition - arenaBytes;
    if (!held || (resent[slot] && nowNanos - resentNanos[slot] < minIntervalNanos)) {
      return -1;
    }
    resent[slot] = true;
    resentNanos[slot] = nowNanos;
    return slot;
  }

  /** The array that holds the packets. */
  public byte[] buffer() {
    return arena;
  }

  /** Where the packet of a slot starts in {@link #buffer()}. */
  public int offset(int slot) {
    return (int) (positions[slot] % arenaBytes);
  }

  /** The bytes of the packet of a slot. */
  public int length(int slot) {
    return lengths[slot];
  }
}

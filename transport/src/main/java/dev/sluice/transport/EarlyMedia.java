package dev.sluice.transport;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Copies of the SRTP packets that came before the keys: a peer may send with its last flight. */
final class EarlyMedia {
  /** The first 200 ms of 1.5 Mbit/s, with some audio. */
  static final int MAX_PACKETS = 48;

  @FunctionalInterface
  interface Taker {
    void take(byte[] packet, long arrivedNanos);
  }

  private static final class Packet {
    final byte[] bytes;
    final long arrivedNanos;

    Packet(byte[] bytes, long arrivedNanos) {
      this.bytes = bytes;
      this.arrivedNanos = arrivedNanos;
    }
  }

  private final Deque<Packet> packets = new ArrayDeque<>();

  /**
   * @return false when there are {@link #MAX_PACKETS} already
   */
  boolean add(byte[] buffer, int offset, int length, long nowNanos) {
    if (packets.size() == MAX_PACKETS) {
      return false;
    }
    packets.add(new Packet(Arrays.copyOfRange(buffer, offset, offset + length), nowNanos));
    return true;
  }

  /** Hands the packets over in the order they came, and forgets them. */
  void drain(Taker taker) {
    while (!packets.isEmpty()) {
      Packet packet = packets.remove();
      taker.take(packet.bytes, packet.arrivedNanos);
    }
  }
}

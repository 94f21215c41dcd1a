package dev.sluice.router.forward;

import dev.sluice.rtp.NetworkOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the latest packets of one audio track as they left, encrypted, to send the very same bytes
 * once more when the subscriber misses them (generic NACK, RFC 4585 §6.2.1). The packet must stay
 * as it is, its send time and its transport-wide number included: anything else under the same RTP
 * sequence number would be a second use of a nonce (RFC 7714 §8.1). A receiver that got both copies
 * drops the second as a replay (RFC 3711 §3.3.2).
 *
 * <p>Kept for every subscriber, whatever its answer says: Chromium asks for audio where only the
 * offer has {@code nack}, and leaves the line out of its answer. Firefox never asks.
 *
 * <p>A subscriber that asks for everything gets no more packets again than it gets anyway: each
 * packet pays for one, and only some are saved up. Used on the worker's thread only; allocates
 * nothing but with the first packet.
 */
public final class SentAudio {
  /** More than is sent again even of the shortest usual packets, of 10 ms. */
  static final int PACKETS = 64;

  /** Of an encrypted packet; 128 kbit/s in 20 ms, or 64 kbit/s with redundancy. */
  static final int MAX_BYTES = 400;

  /**
   * What is older would come too late to be played, and would only stand in the way of newer sound:
   * who asks so late has a long queue before it, which the copy has yet to pass.
   */
  static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  static final int MAX_REPEATS = 3;

  /** Packets that may go again before more have been sent: a burst of losses of 0.6 s. */
  static final int MAX_SAVED = 32;

  private static final int SEQUENCE_NUMBER_OFFSET = 2;
  private static final int EMPTY = -1;
  private static final byte[] NO_BYTES = {};

  private final int[] sequenceNumbers = new int[PACKETS];
  private final int[] plainLengths = new int[PACKETS];
  private final int[] lengths = new int[PACKETS];
  private final int[] transportSequences = new int[PACKETS];
  private final int[] repeats = new int[PACKETS];
  private final long[] sentNanos = new long[PACKETS];
  private final long[] repeatedNanos = new long[PACKETS];
  private byte[] bytes = NO_BYTES;
  private int saved = MAX_SAVED;
  private long unavailable;
  private long tooSoon;
  private long tooOften;

  SentAudio() {
    Arrays.fill(sequenceNumbers, EMPTY);
  }

  /**
   * Keeps a copy of a packet that leaves; one longer than {@link #MAX_BYTES} is not kept.
   *
   * @param plainLength its bytes before encryption
   * @param length those of the encrypted packet at {@code offset}
   * @param transportSequence as stamped into it, or negative when it carries none
   */
  public void keep(
      byte[] buffer,
      int offset,
      int plainLength,
      int length,
      int transportSequence,
      long nowNanos) {
    saved = Math.min(saved + 1, MAX_SAVED);
    if (length > MAX_BYTES) {
      return;
    }
    if (bytes.length == 0) {
      bytes = new byte[PACKETS * MAX_BYTES];
    }
    // Encryption leaves the header readable (RFC 3711 §3.1).
    int sequenceNumber = NetworkOrder.unsignedShort(buffer, offset + SEQUENCE_NUMBER_OFFSET);
    int slot = sequenceNumber % PACKETS;
    System.arraycopy(buffer, offset, bytes, offset(slot), length);
    sequenceNumbers[slot] = sequenceNumber;
    plainLengths[slot] = plainLength;
    lengths[slot] = length;
    transportSequences[slot] = transportSequence;
    repeats[slot] = 0;
    sentNanos[slot] = nowNanos;
  }

  /**
   * The slot of a packet to send again, which then counts as sent; negative when there is none, or
   * when its last copy may still be on its way.
   *
   * @param sequenceNumber of RTP, ours
   */
  public int take(int sequenceNumber, long rttNanos, long nowNanos) {
    int slot = sequenceNumber % PACKETS;
    if (sequenceNumbers[slot] != sequenceNumber || nowNanos - sentNanos[slot] > MAX_AGE_NANOS) {
      unavailable++;
      return EMPTY;
    }
    if (repeats[slot] > 0 && nowNanos - repeatedNanos[slot] < rttNanos) {
      tooSoon++;
      return EMPTY;
    }
    if (repeats[slot] == MAX_REPEATS || saved == 0) {
      tooOften++;
      return EMPTY;
    }
    saved--;
    repeats[slot]++;
    repeatedNanos[slot] = nowNanos;
    return slot;
  }

  /** The array that holds the packets. */
  public byte[] buffer() {
    return bytes;
  }

  /** Where the packet of a slot starts in {@link #buffer()}. */
  public int offset(int slot) {
    return slot * MAX_BYTES;
  }

  /** The bytes of the encrypted packet of a slot. */
  public int length(int slot) {
    return lengths[slot];
  }

  /** What they were before encryption. */
  public int plainLength(int slot) {
    return plainLengths[slot];
  }

  /** The transport-wide sequence number in the packet of a slot, or negative. */
  public int transportSequence(int slot) {
    return transportSequences[slot];
  }

  /** Packets asked for that were too old, too long to be kept, or never there. */
  public long unavailable() {
    return unavailable;
  }

  /** Packets asked for that had been sent again less than a round trip before. */
  public long tooSoon() {
    return tooSoon;
  }

  /** Packets asked for that had been sent again often enough, or that were too many at once. */
  public long tooOften() {
    return tooOften;
  }
}

package dev.sluice.router.estimate;

import dev.sluice.rtp.SequenceNumbers;

/**
 * The latest packets that were sent, by transport-wide sequence number, and what became of them.
 */
final class SentPackets {
  /** At 1100 bytes a packet, what 20 Mbit/s send in 1.8 s: feedback comes sooner. */
  static final int CAPACITY = 4096;

  /** No such packet is remembered. */
  static final long UNKNOWN = -1;

  private static final int MAX_BYTES = 0xFFFF;
  private static final int STATE_SHIFT = 16;
  private static final int NONE = 0;
  private static final int SENT = 1;
  private static final int LOST = 2;
  private static final int RECEIVED = 3;
  private static final int STATE_MASK = 3;
  private static final int SENT_AGAIN = 1 << 18;

  private final long[] sendNanos = new long[CAPACITY];
  // The state, and whether it was sent again, above the size
  private final int[] packets = new int[CAPACITY];
  private long newest = UNKNOWN;

  /** Takes a packet and returns its number without wrap-around. */
  long add(int transportSequence, int wireBytes, long nowNanos) {
    long sequence =
        newest == UNKNOWN
            ? 0x1_0000L + (transportSequence & 0xFFFF)
            : SequenceNumbers.unwrap(newest, transportSequence);
    if (newest != UNKNOWN && sequence <= newest) {
      sequence += 0x1_0000;
    }
    long firstSkipped = newest == UNKNOWN ? sequence : newest + 1;
    for (long each = Math.max(firstSkipped, sequence - CAPACITY + 1); each < sequence; each++) {
      packets[slot(each)] = NONE;
    }
    newest = sequence;
    sendNanos[slot(sequence)] = nowNanos;
    packets[slot(sequence)] = SENT << STATE_SHIFT | Math.clamp(wireBytes, 0, MAX_BYTES);
    return sequence;
  }

  /** The number without wrap-around of a packet that is remembered, or {@link #UNKNOWN}. */
  long find(int transportSequence) {
    if (newest == UNKNOWN) {
      return UNKNOWN;
    }
    long sequence = SequenceNumbers.unwrap(newest, transportSequence);
    boolean remembered =
        sequence <= newest && sequence > newest - CAPACITY && state(sequence) != NONE;
    return remembered ? sequence : UNKNOWN;
  }

  /** The number of the packet sent last, or {@link #UNKNOWN}. */
  long newest() {
    return newest;
  }

  long sendNanos(long sequence) {
    return sendNanos[slot(sequence)];
  }

  int wireBytes(long sequence) {
    return packets[slot(sequence)] & MAX_BYTES;
  }

  /** Whether feedback has told of it before. */
  boolean isTold(long sequence) {
    return state(sequence) != SENT;
  }

  boolean isReceived(long sequence) {
    return state(sequence) == RECEIVED;
  }

  void setLost(long sequence) {
    setState(sequence, LOST);
  }

  void setReceived(long sequence) {
    setState(sequence, RECEIVED);
  }

  /** Feedback that tells of its arrival may be of a copy. */
  void setSentAgain(long sequence) {
    packets[slot(sequence)] |= SENT_AGAIN;
  }

  boolean isSentAgain(long sequence) {
    return (packets[slot(sequence)] & SENT_AGAIN) != 0;
  }

  private void setState(long sequence, int state) {
    int rest = packets[slot(sequence)] & (SENT_AGAIN | MAX_BYTES);
    packets[slot(sequence)] = state << STATE_SHIFT | rest;
  }

  private int state(long sequence) {
    return packets[slot(sequence)] >>> STATE_SHIFT & STATE_MASK;
  }

  private static int slot(long sequence) {
    return (int) (sequence & (CAPACITY - 1));
  }
}

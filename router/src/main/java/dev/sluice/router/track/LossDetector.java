package dev.sluice.router.track;

import dev.sluice.rtp.SequenceNumbers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Finds out which packets of one SSRC are missing and when to ask for each (RFC 4585 §6.2.1): first
 * after a short wait, because packets overtake each other, then once per round trip. Asking ends
 * after ten tries or a second. It measures the round trip by the answers. Remembers the last 512
 * sequence numbers. Used on the worker's thread only.
 */
public final class LossDetector {
  static final int WINDOW = 512;
  static final int MAX_TRIES = 10;
  static final long REORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long INITIAL_RTT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  // A loopback answers in less, but is asked on ticks of 10 to 20 ms anyway
  static final long MIN_RTT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final byte UNKNOWN = 0;
  private static final byte RECEIVED = 1;
  private static final byte MISSING = 2;
  private static final byte GIVEN_UP = 3;

  private final byte[] states = new byte[WINDOW];
  private final byte[] tries = new byte[WINDOW];
  private final long[] missingSinceNanos = new long[WINDOW];
  private final long[] askedNanos = new long[WINDOW];
  private boolean started;
  private long highest;
  private int nextAfterJump = -1;
  private int missing;
  private long rttNanos = INITIAL_RTT_NANOS;
  private long asked;
  private long abandoned;

  LossDetector() {}

  /**
   * Takes a packet.
   *
   * @param restored whether it came as a retransmission
   * @return false when it had come before, or is older than all that is remembered
   */
  boolean onPacket(int sequenceNumber, boolean restored, long nowNanos) {
    if (!started) {
      restart(sequenceNumber);
      return true;
    }
    long sequence = SequenceNumbers.unwrap(highest, sequenceNumber);
    if (sequence > highest) {
      return advance(sequence, nowNanos);
    }
    if (highest - sequence >= WINDOW) {
      return onFarBehind(sequenceNumber);
    }
    int slot = slot(sequence);
    if (states[slot] == RECEIVED) {
      return false;
    }
    if (states[slot] == MISSING) {
      missing--;
      if (restored && tries[slot] == 1) {
        measure(nowNanos - askedNanos[slot]);
      }
    }
    states[slot] = RECEIVED;
    return true;
  }

  private boolean advance(long sequence, long nowNanos) {
    if (sequence - highest >= WINDOW) {
      // Nobody can repeat so much; the next key frame mends it
      abandoned += missing;
      restart((int) (sequence & 0xFFFF));
      return true;
    }
    for (long each = highest + 1; each < sequence; each++) {
      int slot = claim(each);
      states[slot] = MISSING;
      tries[slot] = 0;
      missingSinceNanos[slot] = nowNanos;
      missing++;
    }
    states[claim(sequence)] = RECEIVED;
    highest = sequence;
    nextAfterJump = -1;
    return true;
  }

  /** Two in a row from far behind mean that the source has started over (RFC 3550 §A.1). */
  private boolean onFarBehind(int sequenceNumber) {
    if (sequenceNumber == nextAfterJump) {
      restart(sequenceNumber);
      return true;
    }
    nextAfterJump = SequenceNumbers.plus(sequenceNumber, 1);
    return false;
  }

  private void restart(int sequenceNumber) {
    started = true;
    Arrays.fill(states, UNKNOWN);
    missing = 0;
    nextAfterJump = -1;
    // High enough that no arithmetic on it gets below zero
    highest = 0x1_0000L + sequenceNumber;
    states[slot(highest)] = RECEIVED;
  }

  private int claim(long sequence) {
    int slot = slot(sequence);
    if (states[slot] == MISSING) {
      missing--;
      abandoned++;
    }
    return slot;
  }

  private void measure(long sampleNanos) {
    // The usual smoothing of RFC 6298 §2
    rttNanos = Math.max(MIN_RTT_NANOS, rttNanos + (sampleNanos - rttNanos) / 8);
  }

  /**
   * Says what to ask for now; it then counts as asked.
   *
   * @param lost takes the sequence numbers in ascending order (with wrap-around), as {@link
   *     dev.sluice.rtp.rtcp.Nack#write} wants them; what has no room comes with the next call
   * @return how many there are
   */
  public int due(long nowNanos, int[] lost) {
    if (missing == 0) {
      return 0;
    }
    int count = 0;
    int left = missing;
    long oldest = highest - WINDOW + 1;
    for (long sequence = oldest; sequence < highest && left > 0; sequence++) {
      int slot = slot(sequence);
      if (states[slot] != MISSING) {
        continue;
      }
      left--;
      if (tries[slot] >= MAX_TRIES || nowNanos - missingSinceNanos[slot] > MAX_AGE_NANOS) {
        states[slot] = GIVEN_UP;
        missing--;
        abandoned++;
      } else if (count < lost.length && isDue(slot, nowNanos)) {
        tries[slot]++;
        askedNanos[slot] = nowNanos;
        lost[count++] = (int) (sequence & 0xFFFF);
      }
    }
    asked += count;
    return count;
  }

  private boolean isDue(int slot, long nowNanos) {
    return tries[slot] == 0
        ? nowNanos - missingSinceNanos[slot] >= REORDER_NANOS
        : nowNanos - askedNanos[slot] >= rttNanos;
  }

  /** Stops asking for what came before a key frame: nobody needs it to go on. */
  void forgetBefore(int sequenceNumber) {
    long end = Math.min(highest, SequenceNumbers.unwrap(highest, sequenceNumber));
    for (long each = highest - WINDOW + 1; each < end && missing > 0; each++) {
      if (states[slot(each)] == MISSING) {
        states[slot(each)] = GIVEN_UP;
        missing--;
      }
    }
  }

  /** How many packets are missing and still asked for. */
  public int missing() {
    return missing;
  }

  /** The smoothed time from asking for a packet to its arrival, at least 20 ms. */
  public long rttNanos() {
    return rttNanos;
  }

  /** How many times a packet was asked for. */
  public long asked() {
    return asked;
  }

  /**
   * How many packets were given up without a key frame having come after them. When it grows the
   * picture is broken, and a key frame is worth asking for.
   */
  public long abandoned() {
    return abandoned;
  }

  private static int slot(long sequence) {
    return (int) (sequence & (WINDOW - 1));
  }
}

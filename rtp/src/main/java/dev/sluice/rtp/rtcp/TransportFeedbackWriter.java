package dev.sluice.rtp.rtcp;

import static dev.sluice.rtp.rtcp.TransportFeedback.LARGE_DELTA;
import static dev.sluice.rtp.rtcp.TransportFeedback.NOT_RECEIVED;
import static dev.sluice.rtp.rtcp.TransportFeedback.ONE_BIT_CAPACITY;
import static dev.sluice.rtp.rtcp.TransportFeedback.REFERENCE_TICKS;
import static dev.sluice.rtp.rtcp.TransportFeedback.RUN_MASK;
import static dev.sluice.rtp.rtcp.TransportFeedback.SMALL_DELTA;
import static dev.sluice.rtp.rtcp.TransportFeedback.TICK_NANOS;
import static dev.sluice.rtp.rtcp.TransportFeedback.TWO_BIT_CAPACITY;
import static dev.sluice.rtp.rtcp.TransportFeedback.TWO_BIT_SYMBOLS;
import static dev.sluice.rtp.rtcp.TransportFeedback.VECTOR_BIT;

import dev.sluice.rtp.NetworkOrder;
import java.util.Arrays;

/**
 * Writes transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1): {@link
 * #begin}, {@link #add} for each packet received in the order of sequence numbers, {@link #finish}.
 * One thread; reusable; allocates nothing once made.
 */
public final class TransportFeedbackWriter {
  /** The most packets, received or lost, that one feedback reports on. */
  public static final int MAX_STATUSES = 480;

  /** The most bytes that {@link #finish} writes: all deltas large, in two-bit vectors. */
  public static final int MAX_LENGTH =
      (TransportFeedback.CHUNKS_OFFSET
              + 2 * (MAX_STATUSES / TWO_BIT_CAPACITY + 1)
              + 2 * MAX_STATUSES
              + 3)
          / 4
          * 4;

  private final byte[] symbols = new byte[MAX_STATUSES];
  private final short[] deltas = new short[MAX_STATUSES];
  private int baseSequenceNumber;
  private int statusCount;
  private long referenceTime;
  private long lastTicks;

  /**
   * Starts a feedback.
   *
   * @param baseSequenceNumber the first packet to report on, received or not
   * @param firstArrivalNanos when the first packet that will be added arrived, on any steady clock
   */
  public void begin(int baseSequenceNumber, long firstArrivalNanos) {
    this.baseSequenceNumber = baseSequenceNumber;
    statusCount = 0;
    referenceTime = Math.floorDiv(firstArrivalNanos, TICK_NANOS * REFERENCE_TICKS);
    lastTicks = referenceTime * REFERENCE_TICKS;
  }

  /**
   * Adds a packet that arrived; the numbers between the one before and this one count as lost.
   *
   * @return false when it does not fit any more (too many packets, or too far from the one before
   *     in time): finish this feedback and begin another with it
   * @throws IllegalArgumentException when it is not newer than the one before
   */
  public boolean add(int sequenceNumber, long arrivalNanos) {
    int index = (sequenceNumber - baseSequenceNumber) & 0xFFFF;
    if (index < statusCount) {
      throw new IllegalArgumentException(
          sequenceNumber + " after " + (baseSequenceNumber + statusCount - 1));
    }
    long ticks = Math.floorDiv(arrivalNanos, TICK_NANOS);
    long delta = ticks - lastTicks;
    if (index >= MAX_STATUSES || delta != (short) delta) {
      return false;
    }
    Arrays.fill(symbols, statusCount, index, (byte) NOT_RECEIVED);
    symbols[index] = (byte) (delta >= 0 && delta <= 0xFF ? SMALL_DELTA : LARGE_DELTA);
    deltas[index] = (short) delta;
    statusCount = index + 1;
    lastTicks = ticks;
    return true;
  }

  /** How many packets, received or lost, the feedback reports on so far. */
  public int statusCount() {
    return statusCount;
  }

  /**
   * Writes the feedback.
   *
   * @param feedbackCount the number of this feedback, of which the low 8 bits are written
   * @return the length in bytes, at most {@link #MAX_LENGTH}
   * @throws IllegalStateException when no packet was added
   */
  public int finish(byte[] buffer, int offset, int senderSsrc, int mediaSsrc, int feedbackCount) {
    if (statusCount == 0) {
      throw new IllegalStateException("feedback without a packet");
    }
    int at = writeDeltas(buffer, writeChunks(buffer, offset + TransportFeedback.CHUNKS_OFFSET));
    int length = (at - offset + 3) / 4 * 4;
    Arrays.fill(buffer, at, offset + length, (byte) 0);
    RtcpCompound.writeFeedbackHeader(
        buffer,
        offset,
        RtcpType.FORMAT_TRANSPORT_WIDE_CC,
        RtcpType.TRANSPORT_FEEDBACK,
        length,
        senderSsrc,
        mediaSsrc);
    NetworkOrder.putShort(
        buffer, offset + TransportFeedback.BASE_SEQUENCE_OFFSET, baseSequenceNumber);
    NetworkOrder.putShort(buffer, offset + TransportFeedback.STATUS_COUNT_OFFSET, statusCount);
    NetworkOrder.put24(
        buffer, offset + TransportFeedback.REFERENCE_TIME_OFFSET, (int) referenceTime);
    NetworkOrder.putByte(buffer, offset + TransportFeedback.FEEDBACK_COUNT_OFFSET, feedbackCount);
    return length;
  }

  private int writeChunks(byte[] buffer, int start) {
    int at = start;
    for (int i = 0; i < statusCount; at += 2) {
      int run = runLength(i);
      int plain = oneBitLength(i);
      // A vector only pays off when it holds more packets than the run does.
      if (run >= plain && run >= Math.min(TWO_BIT_CAPACITY, statusCount - i)) {
        NetworkOrder.putShort(buffer, at, symbols[i] << 13 | run);
        i += run;
      } else if (plain >= Math.min(TWO_BIT_CAPACITY, statusCount - i)) {
        NetworkOrder.putShort(buffer, at, VECTOR_BIT | vector(i, plain, 1, ONE_BIT_CAPACITY));
        i += plain;
      } else {
        int count = Math.min(TWO_BIT_CAPACITY, statusCount - i);
        NetworkOrder.putShort(
            buffer, at, VECTOR_BIT | TWO_BIT_SYMBOLS | vector(i, count, 2, TWO_BIT_CAPACITY));
        i += count;
      }
    }
    return at;
  }

  private int runLength(int from) {
    int to = from + 1;
    while (to < statusCount && symbols[to] == symbols[from] && to - from < RUN_MASK) {
      to++;
    }
    return to - from;
  }

  /**
   * How many statuses from here on a vector of one bit each may stand for. One that ends early
   * before a large delta would tell of more packets than there are in it, so it is then not used.
   */
  private int oneBitLength(int from) {
    int end = Math.min(statusCount, from + ONE_BIT_CAPACITY);
    for (int i = from; i < end; i++) {
      if (symbols[i] == LARGE_DELTA) {
        return 0;
      }
    }
    return end - from;
  }

  private int vector(int from, int count, int bitsEach, int capacity) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= symbols[from + i] << (bitsEach * (capacity - 1 - i));
    }
    return bits;
  }

  private int writeDeltas(byte[] buffer, int start) {
    int at = start;
    for (int i = 0; i < statusCount; i++) {
      if (symbols[i] == SMALL_DELTA) {
        NetworkOrder.putByte(buffer, at, deltas[i]);
        at += 1;
      } else if (symbols[i] == LARGE_DELTA) {
        NetworkOrder.putShort(buffer, at, deltas[i]);
        at += 2;
      }
    }
    return at;
  }
}

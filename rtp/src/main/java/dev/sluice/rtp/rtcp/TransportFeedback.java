package dev.sluice.rtp.rtcp;

import dev.sluice.rtp.NetworkOrder;

/**
 * A flyweight over transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * §3.1): {@link #wrap}, then {@link #next} for each packet of the transport, received or not.
 * {@link TransportFeedbackWriter} writes it. {@link #wrap} checks all chunks and deltas.
 */
public final class TransportFeedback {
  /** The unit of arrival times in nanoseconds. */
  public static final long TICK_NANOS = 250_000;

  /** Ticks in a unit of the reference time, 64 ms. */
  static final int REFERENCE_TICKS = 256;

  static final int BASE_SEQUENCE_OFFSET = 12;
  static final int STATUS_COUNT_OFFSET = 14;
  static final int REFERENCE_TIME_OFFSET = 16;
  static final int FEEDBACK_COUNT_OFFSET = 19;
  static final int CHUNKS_OFFSET = 20;

  static final int NOT_RECEIVED = 0;
  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;

  static final int VECTOR_BIT = 0x8000;
  static final int TWO_BIT_SYMBOLS = 0x4000;
  static final int RUN_MASK = 0x1FFF;
  static final int ONE_BIT_CAPACITY = 14;
  static final int TWO_BIT_CAPACITY = 7;

  private byte[] buffer = new byte[CHUNKS_OFFSET];
  private int offset;
  private int index;
  private int symbol;
  private int chunkOffset;
  private int chunkIndex;
  private int deltaOffset;
  private long arrivalTicks;

  /** Takes the packet at the cursor; false when it is of another kind or malformed. */
  public boolean wrap(RtcpCompound packets) {
    if (!packets.is(RtcpType.TRANSPORT_FEEDBACK, RtcpType.FORMAT_TRANSPORT_WIDE_CC)
        || packets.length() < CHUNKS_OFFSET) {
      return false;
    }
    buffer = packets.buffer();
    offset = packets.offset();
    int end = offset + packets.length();
    int chunk = offset + CHUNKS_OFFSET;
    int deltas = 0;
    for (int left = statusCount(); left > 0; chunk += 2) {
      if (end - chunk < 2) {
        return false;
      }
      int statuses = Math.min(left, capacity(chunk));
      for (int i = 0; i < statuses; i++) {
        int status = symbol(chunk, i);
        if (status > LARGE_DELTA) {
          return false;
        }
        deltas += status;
      }
      // a run of length zero makes no progress and no sense
      if (statuses == 0) {
        return false;
      }
      left -= statuses;
    }
    if (deltas > end - chunk) {
      return false;
    }
    index = -1;
    chunkOffset = offset + CHUNKS_OFFSET;
    chunkIndex = -1;
    deltaOffset = chunk;
    arrivalTicks = (long) referenceTime() * REFERENCE_TICKS;
    return true;
  }

  /** The transport-wide sequence number of the first packet reported on. */
  public int baseSequenceNumber() {
    return NetworkOrder.unsignedShort(buffer, offset + BASE_SEQUENCE_OFFSET);
  }

  /** How many packets are reported on, 0 to 65535. */
  public int statusCount() {
    return NetworkOrder.unsignedShort(buffer, offset + STATUS_COUNT_OFFSET);
  }

  /** The reference time in units of 64 ms, -2^23 to 2^23 - 1. */
  public int referenceTime() {
    return NetworkOrder.unsigned24(buffer, offset + REFERENCE_TIME_OFFSET) << 8 >> 8;
  }

  /** The number of this feedback, 0 to 255: a gap means that feedback was lost. */
  public int feedbackCount() {
    return NetworkOrder.unsignedByte(buffer, offset + FEEDBACK_COUNT_OFFSET);
  }

  /** Moves to the next packet; false when there is none left. */
  public boolean next() {
    if (index + 1 >= statusCount()) {
      return false;
    }
    index++;
    chunkIndex++;
    if (chunkIndex == capacity(chunkOffset)) {
      chunkOffset += 2;
      chunkIndex = 0;
    }
    symbol = symbol(chunkOffset, chunkIndex);
    if (symbol == SMALL_DELTA) {
      arrivalTicks += NetworkOrder.unsignedByte(buffer, deltaOffset);
    } else if (symbol == LARGE_DELTA) {
      arrivalTicks += (short) NetworkOrder.unsignedShort(buffer, deltaOffset);
    }
    deltaOffset += symbol;
    return true;
  }

  /** The transport-wide sequence number of the packet, 0 to 65535. */
  public int sequenceNumber() {
    return (baseSequenceNumber() + index) & 0xFFFF;
  }

  /** Whether the packet arrived. */
  public boolean received() {
    return symbol != NOT_RECEIVED;
  }

  /**
   * When the packet arrived on the receiver's clock, in units of {@link #TICK_NANOS}; only means
   * something for a received one. The clock wraps with the reference time every 12.4 days.
   */
  public long arrivalTicks() {
    return arrivalTicks;
  }

  private int capacity(int chunk) {
    int bits = NetworkOrder.unsignedShort(buffer, chunk);
    if ((bits & VECTOR_BIT) == 0) {
      return bits & RUN_MASK;
    }
    return (bits & TWO_BIT_SYMBOLS) == 0 ? ONE_BIT_CAPACITY : TWO_BIT_CAPACITY;
  }

  private int symbol(int chunk, int at) {
    int bits = NetworkOrder.unsignedShort(buffer, chunk);
    if ((bits & VECTOR_BIT) == 0) {
      return (bits >> 13) & 3;
    }
    return (bits & TWO_BIT_SYMBOLS) == 0
        ? (bits >> (ONE_BIT_CAPACITY - 1 - at)) & 1
        : (bits >> (2 * (TWO_BIT_CAPACITY - 1 - at))) & 3;
  }
}

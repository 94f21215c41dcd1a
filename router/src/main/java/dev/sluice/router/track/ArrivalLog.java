package dev.sluice.router.track;

import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Remembers when the packets of one publish transport arrived, and tells the publisher, whose
 * congestion control runs on it (draft-holmer-rmcat-transport-wide-cc-extensions-01). Holds up to
 * 8192 transport-wide sequence numbers. Used on the worker's thread only.
 */
public final class ArrivalLog {
  /** Time between feedbacks; longer makes the publisher slower to react, shorter costs uplink. */
  public static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  static final int WINDOW = 8192;
  // A packet that comes late is reported again together with what followed it, but not for ever
  static final long REPORT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long NOT_RECEIVED = Long.MIN_VALUE;

  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final long[] arrivals = new long[WINDOW];
  private boolean started;
  private long highest;
  private long nextToReport;
  private boolean reported;
  private long lastReportNanos;
  private int feedbackCount;

  /** An empty log. */
  public ArrivalLog() {
    Arrays.fill(arrivals, NOT_RECEIVED);
  }

  /**
   * Takes the arrival of a packet.
   *
   * @param transportSequence 0 to 65535
   */
  public void onArrival(int transportSequence, long nowNanos) {
    long sequence =
        started
            ? SequenceNumbers.unwrap(highest, transportSequence)
            : 0x1_0000L + transportSequence;
    if (!started || Math.abs(sequence - highest) >= WINDOW) {
      restart(sequence);
    } else if (sequence > highest) {
      for (long lost = highest + 1; lost < sequence; lost++) {
        arrivals[slot(lost)] = NOT_RECEIVED;
      }
      highest = sequence;
      nextToReport = Math.max(nextToReport, highest - WINDOW + 1);
    } else if (sequence <= highest - WINDOW || arrivals[slot(sequence)] != NOT_RECEIVED) {
      return;
    }
    arrivals[slot(sequence)] = nowNanos;
    if (sequence < nextToReport && isRecent(nextReceived(sequence + 1), nowNanos)) {
      nextToReport = sequence;
    }
  }

  private boolean isRecent(long sequence, long nowNanos) {
    return nowNanos - arrivals[slot(sequence)] < REPORT_AGAIN_NANOS;
  }

  private void restart(long sequence) {
    started = true;
    Arrays.fill(arrivals, NOT_RECEIVED);
    highest = sequence;
    nextToReport = sequence;
  }

  /**
   * Writes a feedback when 50 ms have passed since the one before. One message may not hold all
   * there is, so call it again until it returns 0.
   *
   * @param buffer with at least {@link TransportFeedbackWriter#MAX_LENGTH} bytes from {@code
   *     offset}
   * @param mediaSsrc of any packet of the transport
   * @return the length of the RTCP message, or 0 when there is nothing to tell
   */
  public int writeFeedback(
      byte[] buffer, int offset, int senderSsrc, int mediaSsrc, long nowNanos) {
    if (!started || (reported && nowNanos - lastReportNanos < INTERVAL_NANOS)) {
      return 0;
    }
    long first = nextReceived(nextToReport);
    if (first > highest) {
      reported = true;
      lastReportNanos = nowNanos;
      return 0;
    }
    boolean gapFits = first - nextToReport < TransportFeedbackWriter.MAX_STATUSES;
    long base = gapFits ? nextToReport : first;
    writer.begin((int) (base & 0xFFFF), arrivals[slot(first)]);
    long sequence = first;
    while (sequence <= highest && writer.add((int) (sequence & 0xFFFF), arrivals[slot(sequence)])) {
      nextToReport = sequence + 1;
      sequence = nextReceived(nextToReport);
    }
    return writer.finish(buffer, offset, senderSsrc, mediaSsrc, feedbackCount++);
  }

  private long nextReceived(long from) {
    long sequence = from;
    while (sequence <= highest && arrivals[slot(sequence)] == NOT_RECEIVED) {
      sequence++;
    }
    return sequence;
  }

  private static int slot(long sequence) {
    return (int) (sequence & (WINDOW - 1));
  }
}

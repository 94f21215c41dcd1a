package dev.sluice.router.forward;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Maps the sequence numbers and timestamps of changing sources to those of one outgoing stream.
 * While one source is forwarded each number only gets an offset, so reordered, late and lost
 * packets stay what they are; {@link #start} at a switch or after a pause chooses new offsets that
 * continue the stream. Packets that are left out on purpose leave no gap. Used on the worker's
 * thread only.
 *
 * <p>Timestamps at a switch come from the sender reports of both sources where they are known, so
 * that the picture keeps its place in time exactly; else from the time that has passed.
 */
public final class Rewriter {
  // As many as the loss detector remembers: what is further behind is a source that has started
  // over
  private static final int MAX_BEHIND = 512;
  // Sender reports and arrival times disagree by the jitter of the network, never by a second
  private static final long MAX_DISAGREEMENT_NANOS = 1_000_000_000;

  private final int clockRateHz;
  private @Nullable SenderClock clock;
  private boolean started;
  private int sourceSsrc;
  private long firstSequence;
  private long highestSequence;
  private int sequenceOffset;
  private int timestampOffset;
  private int lastSequenceNumber;
  private int lastTimestamp;
  private long lastTimestampNanos;
  private @Nullable LeftOut leftOut;
  private boolean pictureLeft;
  private int leftTimestamp;
  private int sequenceNumber;
  private int timestamp;
  private int picturesLeftOut;
  private boolean newest;
  private boolean anchored;
  private long anchorNtp;
  private int anchorTimestamp;

  /**
   * Makes a stream that starts with the given numbers, which should be random (RFC 3550 §5.1).
   *
   * @param clockRateHz of the timestamps
   */
  public Rewriter(int clockRateHz, int sequenceNumber, int timestamp) {
    this.clockRateHz = clockRateHz;
    lastSequenceNumber = sequenceNumber - 1;
    lastTimestamp = timestamp;
  }

  /** Whether packets of this SSRC are being mapped. */
  public boolean isFrom(int ssrc) {
    return started && sourceSsrc == ssrc;
  }

  /** Whether a packet goes on with the source being mapped, which has not started over with it. */
  public boolean continues(int ssrc, int sequence) {
    return isFrom(ssrc)
        && highestSequence - SequenceNumbers.unwrap(highestSequence, sequence) < MAX_BEHIND;
  }

  /**
   * Continues the stream with another source, or with the same after a pause. The packet with these
   * numbers becomes the next one of the stream; those before it will be refused.
   *
   * @param sourceClock of the source
   */
  public void start(
      int ssrc, SenderClock sourceClock, int sequence, int rtpTimestamp, long nowNanos) {
    int next = nextTimestamp(ssrc, sourceClock, rtpTimestamp, nowNanos);
    timestampOffset = next - rtpTimestamp;
    sequenceOffset = lastSequenceNumber + 1 - sequence;
    if (leftOut != null) {
      leftOut.clear();
    }
    pictureLeft = false;
    // High enough that nothing nearest to it is below zero
    firstSequence = 0x1_0000L + sequence;
    highestSequence = firstSequence - 1;
    lastTimestamp = next;
    lastTimestampNanos = nowNanos;
    sourceSsrc = ssrc;
    clock = sourceClock;
    started = true;
  }

  private int nextTimestamp(int ssrc, SenderClock sourceClock, int rtpTimestamp, long nowNanos) {
    if (!started) {
      return lastTimestamp;
    }
    long elapsedTicks = Timestamps.ticksOfNanos(nowNanos - lastTimestampNanos, clockRateHz);
    int byArrival = lastTimestamp + (int) elapsedTicks;
    anchor();
    int exact = byArrival;
    if (ssrc == sourceSsrc) {
      exact = rtpTimestamp + timestampOffset;
    } else if (anchored && sourceClock.isKnown()) {
      long nanos = NtpTime.toNanos(sourceClock.ntpOf(rtpTimestamp) - anchorNtp);
      exact = anchorTimestamp + (int) Timestamps.ticksOfNanos(nanos, clockRateHz);
    }
    long disagreement = Math.abs((long) Timestamps.distance(byArrival, exact));
    int next = exact;
    if (disagreement > Timestamps.ticksOfNanos(MAX_DISAGREEMENT_NANOS, clockRateHz)) {
      // Another publisher's clock, or one that was set
      next = byArrival;
      anchored = false;
    }
    // Two frames never share a timestamp, and none goes back. After hours of pause the distance
    // of 32-bit timestamps says nothing any more.
    boolean comparable = elapsedTicks < Integer.MAX_VALUE / 2;
    return comparable && !Timestamps.isNewer(next, lastTimestamp) ? lastTimestamp + 1 : next;
  }

  /**
   * Ties our timestamps to the publisher's clock once and for all switches: if each switch built on
   * the one before, what is added to keep timestamps apart would add up.
   */
  private void anchor() {
    if (!anchored && clock != null && clock.isKnown()) {
      anchored = true;
      anchorNtp = clock.ntpOf(lastTimestamp - timestampOffset);
      anchorTimestamp = lastTimestamp;
    }
  }

  /**
   * Maps a packet that {@link #continues} the source that was started; its numbers are then {@link
   * #sequenceNumber()} and {@link #timestamp()}.
   *
   * @return false when it was sent before the packet that started the source, and must be dropped
   */
  public boolean map(int sequence, int rtpTimestamp, long nowNanos) {
    long extended = SequenceNumbers.unwrap(highestSequence, sequence);
    LeftOut left = leftOut;
    newest = extended > highestSequence;
    if (newest && left != null) {
      left.keep(highestSequence, extended);
    }
    if (extended < firstSequence || (left != null && left.isLeft(extended))) {
      return false;
    }
    sequenceNumber = (sequence + sequenceOffset - packetsLeftOut(extended)) & 0xFFFF;
    timestamp = rtpTimestamp + timestampOffset;
    picturesLeftOut = left == null ? 0 : left.picturesBefore(extended);
    if (newest) {
      highestSequence = extended;
      lastSequenceNumber = sequenceNumber;
      if (timestamp != lastTimestamp) {
        lastTimestamp = timestamp;
        lastTimestampNanos = nowNanos;
      }
    }
    return true;
  }

  /**
   * Takes back the numbers after this one of ours, because their packets were never sent; {@link
   * #start} must follow before the next is mapped.
   */
  void takeBackAfter(int sentSequenceNumber) {
    lastSequenceNumber = sentSequenceNumber;
  }

  /** The latest of our sequence numbers, of which the low 16 bits count. */
  int lastSequenceNumber() {
    return lastSequenceNumber;
  }

  /** The latest of our timestamps. */
  int lastTimestamp() {
    return lastTimestamp;
  }

  private int packetsLeftOut(long extended) {
    return leftOut == null ? 0 : leftOut.packetsBefore(extended);
  }

  /**
   * Leaves out a packet of the source that was started, which {@link #isNext}: the next one takes
   * its number.
   */
  public void leaveOut(int sequence, int rtpTimestamp) {
    long extended = SequenceNumbers.unwrap(highestSequence, sequence);
    LeftOut left = leftOut;
    if (left == null) {
      left = new LeftOut();
      leftOut = left;
    }
    left.keep(highestSequence, extended);
    lastSequenceNumber = sequence + sequenceOffset - left.packetsBefore(extended) - 1;
    left.leave(extended, !pictureLeft || rtpTimestamp != leftTimestamp);
    pictureLeft = true;
    leftTimestamp = rtpTimestamp;
    highestSequence = extended;
  }

  /**
   * Whether a packet is behind all of the source so far. What is not has a number that is waited
   * for.
   */
  boolean isNext(int sequence) {
    return SequenceNumbers.unwrap(highestSequence, sequence) > highestSequence;
  }

  /** Whether the packet mapped last was then behind all of its source before. */
  boolean isNewest() {
    return newest;
  }

  /** How many pictures before that of the packet mapped last were left out since the start. */
  int picturesLeftOut() {
    return picturesLeftOut;
  }

  /** The outgoing sequence number of the packet mapped last, 0 to 65535. */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** The outgoing timestamp of the packet mapped last. */
  public int timestamp() {
    return timestamp;
  }

  /**
   * The source's sequence number for one of ours; {@link #picturesLeftOut} is then that of its
   * packet.
   *
   * @return 0 to 65535, or -1 when it isn't between the first and the latest of the source
   */
  int sourceSequence(int sequenceNumber) {
    if (!started) {
      return -1;
    }
    LeftOut left = leftOut;
    long near = highestSequence - packetsLeftOut(highestSequence);
    long extended = SequenceNumbers.unwrap(near, sequenceNumber - sequenceOffset);
    if (left != null) {
      extended = left.find(extended, firstSequence, highestSequence);
    }
    boolean mapped = extended >= firstSequence && extended <= highestSequence;
    picturesLeftOut = mapped && left != null ? left.picturesBefore(extended) : 0;
    return mapped ? (int) (extended & 0xFFFF) : -1;
  }

  /** The clock of the source, once that and a sender report of it are there; else null. */
  @Nullable SenderClock knownClock() {
    SenderClock current = clock;
    return current != null && current.isKnown() ? current : null;
  }

  /** The outgoing timestamp for one of the source. */
  int timestamp(int rtpTimestamp) {
    return rtpTimestamp + timestampOffset;
  }
}

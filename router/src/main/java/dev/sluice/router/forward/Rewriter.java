package dev.sluice.router.forward;

import dev.sluice.router.track.SenderClock;
import dev.sluice.rtp.NtpTime;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Maps the numbers of changing sources to those of one outgoing stream. While one source is
 * forwarded each number only gets an offset, so reordered, late and lost packets stay what they
 * are; {@link #start} at a switch or after a pause chooses new offsets that continue the stream.
 * Used on the worker's thread only.
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
  private int pictureIdOffset;
  private int tl0PicIdxOffset;
  private int lastSequenceNumber;
  private int lastTimestamp;
  private int lastPictureId;
  private int lastTl0PicIdx;
  private long lastTimestampNanos;
  private int sequenceNumber;
  private int timestamp;
  private boolean anchored;
  private long anchorNtp;
  private int anchorTimestamp;

  /**
   * Makes a stream that starts with the given numbers, which should be random (RFC 3550 §5.1).
   *
   * @param clockRateHz of the timestamps
   */
  public Rewriter(
      int clockRateHz, int sequenceNumber, int timestamp, int pictureId, int tl0PicIdx) {
    this.clockRateHz = clockRateHz;
    lastSequenceNumber = sequenceNumber - 1;
    lastTimestamp = timestamp;
    lastPictureId = pictureId - 1;
    lastTl0PicIdx = tl0PicIdx - 1;
  }

  /** Whether packets of this SSRC are being mapped. */
  public boolean isFrom(int ssrc) {
    return started && sourceSsrc == ssrc;
  }

  /**
   * Continues the stream with another source, or with the same after a pause. The packet with these
   * numbers becomes the next one of the stream; those before it will be refused.
   *
   * @param sourceClock of the source
   * @param pictureId of the packet, or negative when it has none
   * @param tl0PicIdx of the packet, or negative when it has none
   */
  public void start(
      int ssrc,
      SenderClock sourceClock,
      int sequence,
      int rtpTimestamp,
      int pictureId,
      int tl0PicIdx,
      long nowNanos) {
    int next = nextTimestamp(ssrc, sourceClock, rtpTimestamp, nowNanos);
    timestampOffset = next - rtpTimestamp;
    sequenceOffset = lastSequenceNumber + 1 - sequence;
    pictureIdOffset = lastPictureId + 1 - Math.max(0, pictureId);
    tl0PicIdxOffset = lastTl0PicIdx + 1 - Math.max(0, tl0PicIdx);
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
   * Maps a packet of the source that was started; its numbers are then {@link #sequenceNumber()}
   * and {@link #timestamp()}.
   *
   * @param pictureId of the packet, or negative when it has none
   * @param tl0PicIdx of the packet, or negative when it has none
   * @return false when it was sent before the packet that started the source, and must be dropped
   */
  public boolean map(int sequence, int rtpTimestamp, int pictureId, int tl0PicIdx, long nowNanos) {
    long extended = SequenceNumbers.unwrap(highestSequence, sequence);
    if (highestSequence - extended >= MAX_BEHIND && clock != null) {
      start(sourceSsrc, clock, sequence, rtpTimestamp, pictureId, tl0PicIdx, nowNanos);
      extended = firstSequence;
    }
    if (extended < firstSequence) {
      return false;
    }
    sequenceNumber = (sequence + sequenceOffset) & 0xFFFF;
    timestamp = rtpTimestamp + timestampOffset;
    if (extended > highestSequence) {
      highestSequence = extended;
      lastSequenceNumber = sequenceNumber;
      if (pictureId >= 0) {
        lastPictureId = pictureId(pictureId);
      }
      if (tl0PicIdx >= 0) {
        lastTl0PicIdx = tl0PicIdx(tl0PicIdx);
      }
      if (timestamp != lastTimestamp) {
        lastTimestamp = timestamp;
        lastTimestampNanos = nowNanos;
      }
    }
    return true;
  }

  /** The outgoing sequence number of the packet mapped last, 0 to 65535. */
  public int sequenceNumber() {
    return sequenceNumber;
  }

  /** The outgoing timestamp of the packet mapped last. */
  public int timestamp() {
    return timestamp;
  }

  /** The outgoing picture id, 15 bits, for one of the source; a short one is its low 7 bits. */
  public int pictureId(int pictureId) {
    return (pictureId + pictureIdOffset) & 0x7FFF;
  }

  /** The outgoing temporal level zero index, 8 bits, for one of the source. */
  public int tl0PicIdx(int tl0PicIdx) {
    return (tl0PicIdx + tl0PicIdxOffset) & 0xFF;
  }

  /**
   * The source's sequence number for one of ours.
   *
   * @return 0 to 65535, or -1 when it isn't between the first and the latest of the source
   */
  int sourceSequence(int sequenceNumber) {
    long extended = SequenceNumbers.unwrap(highestSequence, sequenceNumber - sequenceOffset);
    boolean mapped = started && extended >= firstSequence && extended <= highestSequence;
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

package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import dev.sluice.router.track.PacketCache;
import dev.sluice.rtp.RtpPacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a subscriber asks for again in what its layer keeps, counts its RTX packets, and sees
 * to it that none is sent twice in a round trip, within which the subscriber can't know of the
 * first. Used on the worker's thread only.
 */
public final class Retransmitter {
  private static final int REMEMBERED = 512;
  private static final int NEVER = -1;
  // The original sequence number, the send time and the transport-wide number, and what it takes to
  // put them and the dependency descriptor into the two-byte form.
  private static final int MAX_ADDED_BYTES = 24;

  private final RtpPacket original = new RtpPacket();
  private final int[] sentSequenceNumbers = new int[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private int rtxSequenceNumber;
  private long sent;
  private long unavailable;
  private long tooSoon;
  private boolean tookBase;

  /**
   * Makes a retransmitter.
   *
   * @param rtxSequenceNumber the number of the first RTX packet, which should be random
   */
  Retransmitter(int rtxSequenceNumber) {
    this.rtxSequenceNumber = rtxSequenceNumber;
    Arrays.fill(sentSequenceNumbers, NEVER);
  }

  /**
   * The packet of a layer to send again, which then counts as sent; null when there is none.
   *
   * @param sequenceNumber ours
   * @param sourceSequence the layer's, or negative when it isn't of the layer
   * @param waitNanos how long it is going to wait before it is sent
   */
  @Nullable RtpPacket take(
      int sequenceNumber,
      Layer layer,
      int sourceSequence,
      long rttNanos,
      long nowNanos,
      long waitNanos) {
    PacketCache cache = layer.recentPackets();
    int slot = sourceSequence < 0 || cache == null ? -1 : cache.find(sourceSequence);
    if (cache == null
        || slot < 0
        || !original.wrap(cache.buffer(), cache.offset(slot), cache.length(slot))) {
      unavailable++;
      return null;
    }
    if (wasSentWithin(rttNanos, sequenceNumber, nowNanos)) {
      tooSoon++;
      return null;
    }
    int memory = sequenceNumber % REMEMBERED;
    sentSequenceNumbers[memory] = sequenceNumber;
    sentNanos[memory] = nowNanos + waitNanos;
    tookBase = cache.isBase(slot);
    sent++;
    return original;
  }

  /**
   * Whether a packet of a layer can be sent again now without having been asked for.
   *
   * @param sequenceNumber ours
   * @param sourceSequence the layer's, or negative when it isn't of the layer
   * @param maxBytes how long it may be
   */
  boolean canRepeat(
      int sequenceNumber,
      Layer layer,
      int sourceSequence,
      int maxBytes,
      long rttNanos,
      long nowNanos) {
    PacketCache cache = layer.recentPackets();
    int slot = sourceSequence < 0 || cache == null ? -1 : cache.find(sourceSequence);
    return cache != null
        && slot >= 0
        && cache.length(slot) + MAX_ADDED_BYTES <= maxBytes
        && !wasSentWithin(rttNanos, sequenceNumber, nowNanos);
  }

  private boolean wasSentWithin(long rttNanos, int sequenceNumber, long nowNanos) {
    int memory = sequenceNumber % REMEMBERED;
    return sentSequenceNumbers[memory] == sequenceNumber && nowNanos - sentNanos[memory] < rttNanos;
  }

  /** Whether no picture can do without the packet that was taken last. */
  public boolean tookBase() {
    return tookBase;
  }

  /** The sequence number of the next RTX packet, of which the low 16 bits count. */
  int nextRtxSequenceNumber() {
    return rtxSequenceNumber++;
  }

  /** Packets sent again. */
  public long sent() {
    return sent;
  }

  /** Packets asked for that were too old, of a layer left behind, or never there. */
  public long unavailable() {
    return unavailable;
  }

  /** Packets asked for that had been sent again less than a round trip before. */
  public long tooSoon() {
    return tooSoon;
  }
}

package dev.sluice.router.forward;

import dev.sluice.rtp.NetworkOrder;
import dev.sluice.rtp.RtpPacket;

/**
 * Answers NACKs from a {@link PacketCache}: as RTX packets with an SSRC and numbers of their own
 * (RFC 4588 §4), or, where no RTX was negotiated, by the packet itself once more. Used on the
 * worker's thread only.
 */
public final class Retransmitter {
  private static final int OSN_LENGTH = 2;
  private static final int PAYLOAD_TYPE_OFFSET = 1;
  private static final int SEQUENCE_NUMBER_OFFSET = 2;
  private static final int SSRC_OFFSET = 8;

  private final PacketCache cache;
  private final OutgoingTrack track;
  private final RtpPacket original = new RtpPacket();
  private int rtxSequenceNumber;
  private long sent;
  private long unavailable;

  /**
   * Makes a retransmitter.
   *
   * @param rtxSequenceNumber the number of the first RTX packet, which should be random
   */
  public Retransmitter(PacketCache cache, OutgoingTrack track, int rtxSequenceNumber) {
    this.cache = cache;
    this.track = track;
    this.rtxSequenceNumber = rtxSequenceNumber;
  }

  /**
   * Writes the retransmission of a packet, with two bytes more than it has.
   *
   * @param sequenceNumber what the subscriber misses
   * @param rttNanos the round trip to the subscriber
   * @return the length, or 0 when there is nothing to send
   */
  public int retransmit(int sequenceNumber, long rttNanos, long nowNanos, byte[] out, int offset) {
    int slot = cache.take(sequenceNumber, rttNanos, nowNanos);
    if (slot < 0 || !original.wrap(cache.buffer(), cache.offset(slot), cache.length(slot))) {
      unavailable++;
      return 0;
    }
    sent++;
    if (track.rtxSsrc().isEmpty() || track.rtxPayloadType().isEmpty()) {
      System.arraycopy(cache.buffer(), original.offset(), out, offset, original.length());
      return original.length();
    }
    int header = original.headerLength();
    int payload = original.length() - header;
    System.arraycopy(cache.buffer(), original.offset(), out, offset, header);
    int marker = out[offset + PAYLOAD_TYPE_OFFSET] & 0x80;
    NetworkOrder.putByte(
        out, offset + PAYLOAD_TYPE_OFFSET, marker | track.rtxPayloadType().getAsInt());
    NetworkOrder.putShort(out, offset + SEQUENCE_NUMBER_OFFSET, rtxSequenceNumber++);
    NetworkOrder.putInt(out, offset + SSRC_OFFSET, track.rtxSsrc().getAsInt());
    NetworkOrder.putShort(out, offset + header, sequenceNumber);
    System.arraycopy(
        cache.buffer(), original.payloadOffset(), out, offset + header + OSN_LENGTH, payload);
    return header + OSN_LENGTH + payload;
  }

  /** Packets sent again. */
  public long sent() {
    return sent;
  }

  /** Packets asked for that were too old, never sent, or sent again just before. */
  public long unavailable() {
    return unavailable;
  }
}

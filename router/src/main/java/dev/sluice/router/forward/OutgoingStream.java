package dev.sluice.router.forward;

import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.ReportBlocks;
import java.util.random.RandomGenerator;

/**
 * The part that audio and video have in common: numbers, writes, and reports on the packets of one
 * outgoing stream. Used on the worker's thread only.
 */
final class OutgoingStream {
  private final Rewriter rewriter;
  private final PacketWriter writer;
  private final SenderReports reports;

  OutgoingStream(OutgoingTrack track, RandomGenerator random) {
    rewriter = new Rewriter(track.clockRateHz(), random.nextInt(), random.nextInt());
    writer = new PacketWriter(track);
    reports = new SenderReports(track.ssrc());
  }

  Rewriter rewriter() {
    return rewriter;
  }

  PacketWriter writer() {
    return writer;
  }

  boolean continuesWith(RtpPacket packet) {
    return rewriter.continues(packet.ssrc(), packet.sequenceNumber());
  }

  /** Continues the stream with this packet of a layer. */
  void start(Layer layer, RtpPacket packet, long nowNanos) {
    rewriter.start(
        packet.ssrc(), layer.clock(), packet.sequenceNumber(), packet.timestamp(), nowNanos);
  }

  /** Numbers a packet; false when it must be dropped. */
  boolean map(RtpPacket packet, long nowNanos) {
    return rewriter.map(packet.sequenceNumber(), packet.timestamp(), nowNanos);
  }

  /**
   * Writes the packet that was mapped last and counts it as sent.
   *
   * @param marker of the copy
   * @param payloadType of the copy
   * @param payloadOffset of what is sent of the packet, in its buffer
   * @return the length of the copy
   */
  int write(
      Layer layer,
      RtpPacket packet,
      boolean marker,
      int payloadType,
      int payloadOffset,
      int payloadLength,
      byte[] out,
      int offset) {
    int length =
        writer.write(
            packet,
            marker,
            layer.section().extensionIds(),
            payloadType,
            rewriter.sequenceNumber(),
            rewriter.timestamp(),
            payloadOffset,
            payloadLength,
            out,
            offset);
    reports.onSent(payloadLength);
    return length;
  }

  /** Takes the numbers of packets back that were never sent; {@link #start} must follow. */
  void takeBack(Unsent unsent) {
    if (unsent.packets() > 0) {
      rewriter.takeBackAfter(unsent.lastSequenceNumber());
      reports.onUnsent(unsent.packets(), unsent.payloadBytes());
    }
  }

  void onReport(ReportBlocks block, long nowNanos) {
    reports.onReport(block, nowNanos);
  }

  int writeSenderReport(long nowNanos, byte[] out, int offset) {
    return reports.write(rewriter, nowNanos, out, offset);
  }

  long rttNanos() {
    return reports.rttNanos();
  }
}

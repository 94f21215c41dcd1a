package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends an audio track to one subscriber. Audio is not retransmitted: Opus conceals a loss, and the
 * repeat would come too late.
 */
public final class AudioForwarder implements Forwarder {
  private final OutgoingTrack track;
  private final Rewriter rewriter;
  private final PacketWriter writer;
  private final SenderReports reports;
  private boolean enabled = true;
  private boolean flowing;

  /** Makes a forwarder; {@code random} gives the first numbers of the stream. */
  public AudioForwarder(OutgoingTrack track, RandomGenerator random) {
    this.track = track;
    rewriter = new Rewriter(track.clockRateHz(), random.nextInt(), random.nextInt(), 0, 0);
    writer = new PacketWriter(track);
    reports = new SenderReports(track.ssrc());
  }

  @Override
  public OutgoingTrack track() {
    return track;
  }

  @Override
  public void setEnabled(boolean enabled, long nowNanos) {
    this.enabled = enabled;
    flowing &= enabled;
  }

  @Override
  public int forward(
      Layer layer,
      RtpPacket packet,
      @Nullable Vp8Payload payload,
      long nowNanos,
      byte[] out,
      int offset) {
    if (!enabled) {
      return 0;
    }
    int sequenceNumber = packet.sequenceNumber();
    if (!flowing || !rewriter.isFrom(packet.ssrc())) {
      rewriter.start(
          packet.ssrc(), layer.clock(), sequenceNumber, packet.timestamp(), -1, -1, nowNanos);
      flowing = true;
    }
    if (!rewriter.map(sequenceNumber, packet.timestamp(), -1, -1, nowNanos)) {
      return 0;
    }
    int length =
        writer.write(
            packet,
            layer.section().extensionIds(),
            rewriter.sequenceNumber(),
            rewriter.timestamp(),
            out,
            offset);
    reports.onSent(packet.payloadLength());
    return length;
  }

  @Override
  public int retransmit(int sequenceNumber, long nowNanos, byte[] out, int offset) {
    return 0;
  }

  @Override
  public void onPictureLoss() {}

  @Override
  public void onReport(ReportBlocks block, long nowNanos) {
    reports.onReport(block, nowNanos);
  }

  @Override
  public void onTick(long nowNanos) {}

  @Override
  public int writeSenderReport(long nowNanos, byte[] out, int offset) {
    return reports.write(rewriter, nowNanos, out, offset);
  }

  @Override
  public long rttNanos() {
    return reports.rttNanos();
  }
}

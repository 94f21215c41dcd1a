package dev.sluice.router.forward;

import dev.sluice.router.track.Layer;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.vp8.Vp8Payload;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends a VP8 track, simulcast or not, to one subscriber. */
public final class VideoForwarder implements Forwarder {
  private final OutgoingTrack track;
  private final LayerSelector selector;
  private final Rewriter rewriter;
  private final PacketWriter writer;
  private final SenderReports reports;
  private final Retransmitter retransmitter;
  private final Vp8Payload outgoing = new Vp8Payload();

  /**
   * Makes a forwarder.
   *
   * @param layers all of the track, those not heard of yet too
   * @param random gives the first numbers of the streams
   */
  public VideoForwarder(OutgoingTrack track, List<Layer> layers, RandomGenerator random) {
    this.track = track;
    selector = new LayerSelector(layers);
    rewriter =
        new Rewriter(
            track.clockRateHz(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt(),
            random.nextInt());
    writer = new PacketWriter(track);
    reports = new SenderReports(track.ssrc());
    retransmitter = new Retransmitter(random.nextInt());
    layers.forEach(Layer::keepPackets);
  }

  @Override
  public OutgoingTrack track() {
    return track;
  }

  /**
   * Goes on with the layers of another track, because the publisher has replaced its own. The
   * subscriber sees one stream go on.
   */
  public void setLayers(List<Layer> layers, long nowNanos) {
    layers.forEach(Layer::keepPackets);
    selector.setLayers(layers, nowNanos);
  }

  /** Chooses the layer; bandwidth allocation sets its cap. */
  public LayerSelector selector() {
    return selector;
  }

  /** Answers NACKs, and counts them. */
  public Retransmitter retransmitter() {
    return retransmitter;
  }

  @Override
  public void setEnabled(boolean enabled, long nowNanos) {
    selector.setEnabled(enabled, nowNanos);
  }

  @Override
  public int forward(
      Layer layer,
      RtpPacket packet,
      @Nullable Vp8Payload payload,
      long nowNanos,
      byte[] out,
      int offset) {
    boolean startsKeyFrame = payload != null && payload.startsKeyFrame();
    if (layer == selector.current() && !rewriter.isFrom(packet.ssrc())) {
      // The publisher goes on with another SSRC: another stream, of which we need a key frame
      selector.interrupt();
    }
    int pictureId = payload == null ? Vp8Payload.ABSENT : payload.pictureId();
    int tl0PicIdx = payload == null ? Vp8Payload.ABSENT : payload.tl0PicIdx();
    switch (selector.onPacket(layer, startsKeyFrame, nowNanos)) {
      case DROP -> {
        return 0;
      }
      case SWITCH ->
          rewriter.start(
              packet.ssrc(),
              layer.clock(),
              packet.sequenceNumber(),
              packet.timestamp(),
              pictureId,
              tl0PicIdx,
              nowNanos);
      case FORWARD -> {}
    }
    if (!rewriter.map(
        packet.sequenceNumber(), packet.timestamp(), pictureId, tl0PicIdx, nowNanos)) {
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
    renumberPicture(out, offset + length, packet.payloadLength());
    reports.onSent(packet.payloadLength());
    return length;
  }

  private void renumberPicture(byte[] out, int end, int payloadLength) {
    if (outgoing.wrap(out, end - payloadLength, payloadLength)) {
      outgoing.setPictureId(rewriter.pictureId(outgoing.pictureId()));
      outgoing.setTl0PicIdx(rewriter.tl0PicIdx(outgoing.tl0PicIdx()));
    }
  }

  @Override
  public int retransmit(int sequenceNumber, long nowNanos, byte[] out, int offset) {
    // What was sent of a layer left behind is before a key frame, so nobody needs it any more
    Layer layer = selector.current();
    if (layer == null || !rewriter.isFrom(layer.ssrc())) {
      return 0;
    }
    RtpPacket packet =
        retransmitter.take(
            sequenceNumber,
            layer,
            rewriter.sourceSequence(sequenceNumber),
            reports.rttNanos(),
            nowNanos);
    if (packet == null) {
      return 0;
    }
    int length =
        writer.writeRetransmission(
            packet,
            layer.section().extensionIds(),
            sequenceNumber,
            rewriter.timestamp(packet.timestamp()),
            retransmitter,
            out,
            offset);
    renumberPicture(out, offset + length, packet.payloadLength());
    return length;
  }

  @Override
  public void onPictureLoss() {
    want(selector.onPictureLoss());
  }

  @Override
  public void onReport(ReportBlocks block, long nowNanos) {
    reports.onReport(block, nowNanos);
  }

  @Override
  public void onTick(long nowNanos) {
    selector.update(nowNanos);
    want(selector.keyframeWanted());
  }

  private static void want(@Nullable Layer layer) {
    if (layer != null) {
      layer.keyframes().want();
    }
  }

  @Override
  public int writeSenderReport(long nowNanos, byte[] out, int offset) {
    return reports.write(rewriter, nowNanos, out, offset);
  }

  @Override
  public long rttNanos() {
    return reports.rttNanos();
  }
}

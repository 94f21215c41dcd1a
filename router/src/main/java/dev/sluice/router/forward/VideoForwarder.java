package dev.sluice.router.forward;

import dev.sluice.router.allocation.Rung;
import dev.sluice.router.pace.Unsent;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.VideoPacket;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.SequenceNumbers;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.video.VideoPayload;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a video track to one subscriber: of simulcast one encoding, of that the spatial and
 * temporal layers that are wanted.
 */
public final class VideoForwarder implements Forwarder {
  // How far back packets are repeated to fill up probes: about a frame of the best layer.
  private static final int REPEATED = 32;

  private final OutgoingTrack track;
  private final LayerSelector selector;
  private final LayerLimits limits = new LayerLimits();
  private final ScalabilitySelector scalability = new ScalabilitySelector();
  private final CutPictures cutPictures = new CutPictures();
  private final OutgoingStream stream;
  private final PictureNumbers numbers;
  private final Retransmitter retransmitter;
  private final VideoPayload outgoing;
  private long keyFramesStarted;

  /**
   * Makes a forwarder.
   *
   * @param track of a video
   * @param layers all of the track, those not heard of yet too
   * @param random gives the first numbers of the streams
   */
  public VideoForwarder(OutgoingTrack track, List<Layer> layers, RandomGenerator random) {
    VideoCodec codec =
        track.video().orElseThrow(() -> new IllegalArgumentException("no video: " + track));
    this.track = track;
    selector = new LayerSelector(layers);
    stream = new OutgoingStream(track, random);
    numbers = new PictureNumbers(codec == VideoCodec.VP8, random);
    retransmitter = new Retransmitter(random.nextInt());
    outgoing = codec.newPayload();
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
    limits.forgetLadder();
    selector.setLayers(layers, nowNanos);
  }

  /** Sets which layer the subscriber would like. */
  public void setPreference(LayerPreference preference, long nowNanos) {
    if (limits.prefer(preference)) {
      selector.setPreference(preference, nowNanos);
      limits.apply(selector.current(), scalability);
    }
  }

  /** Chooses the layer; bandwidth allocation sets its cap. */
  public LayerSelector selector() {
    return selector;
  }

  /** Answers NACKs, and counts them. */
  public Retransmitter retransmitter() {
    return retransmitter;
  }

  /**
   * What it can be sent as now, the cheapest first, up to what the subscriber prefers, whether it
   * is enabled or not; empty while the publisher sends nothing. The same list for a tenth of a
   * second, unless an encoding comes or goes.
   */
  public List<Rung> ladder(long nowNanos) {
    return limits.ladder(selector, nowNanos);
  }

  /**
   * Sends it as this rung of its ladder from the next key frame or picture on, or not at all. As
   * long as the rung's encoding is not there a lower one is sent.
   */
  public void choose(Optional<Rung> rung, long nowNanos) {
    limits.grant(rung.orElse(null));
    selector.setMaxLayer(rung.map(Rung::encoding).orElse(LayerSelector.NOTHING), nowNanos);
    limits.apply(selector.current(), scalability);
  }

  /** Sends only the base temporal layer from the next picture on, whatever is granted, or not. */
  public void limitToBase(boolean only) {
    if (limits.limitToBase(only)) {
      limits.apply(selector.current(), scalability);
    }
  }

  /** Whether the subscriber gets an encoding or is to get it. */
  public boolean wants(Layer layer) {
    return selector.wants(layer);
  }

  /** How often it has started with a key frame, or gone on with another encoding's. */
  public long keyFramesStarted() {
    return keyFramesStarted;
  }

  @Override
  public void setEnabled(boolean enabled, long nowNanos) {
    selector.setEnabled(enabled, nowNanos);
  }

  @Override
  public int forward(
      Layer layer,
      RtpPacket packet,
      @Nullable VideoPacket video,
      long nowNanos,
      byte[] out,
      int offset) {
    if (layer == selector.current() && !stream.continuesWith(packet)) {
      // The publisher goes on with another SSRC, or has started over: a key frame is needed
      selector.interrupt();
    }
    switch (selector.onPacket(layer, canStart(video), nowNanos)) {
      case DROP -> {
        return 0;
      }
      case SWITCH -> start(layer, packet, video, nowNanos);
      case FORWARD -> {
        if (isUnwanted(packet, video)) {
          stream.rewriter().leaveOut(packet.sequenceNumber(), packet.timestamp());
          return 0;
        }
      }
    }
    if (!stream.map(packet, nowNanos)) {
      return 0;
    }
    int leftOut = stream.rewriter().picturesLeftOut();
    if (video != null && stream.rewriter().isNewest()) {
      numbers.onNewest(video, leftOut);
    }
    int length =
        stream.write(
            layer,
            packet,
            endsPicture(packet, video),
            track.payloadType(),
            packet.payloadOffset(),
            packet.payloadLength(),
            out,
            offset);
    renumberPicture(out, offset + length, packet.payloadLength(), leftOut);
    return length;
  }

  /** A receiver that goes by dependency descriptors can't read those whose structure it lacks. */
  private boolean canStart(@Nullable VideoPacket video) {
    return video != null
        && video.startsKeyFrame()
        && (video.isSelfDescribed() || !stream.writer().copiesDescriptors());
  }

  private void start(Layer layer, RtpPacket packet, @Nullable VideoPacket video, long nowNanos) {
    stream.start(layer, packet, nowNanos);
    keyFramesStarted++;
    cutPictures.clear();
    limits.apply(layer, scalability);
    scalability.restart();
    if (video != null) {
      numbers.start(video);
      stream.writer().moveFrameNumbers(numbers.frameNumberOffset());
    }
  }

  private boolean isUnwanted(RtpPacket packet, @Nullable VideoPacket video) {
    return video != null
        && stream.rewriter().isNext(packet.sequenceNumber())
        && !scalability.passes(packet.timestamp(), video);
  }

  private boolean endsPicture(RtpPacket packet, @Nullable VideoPacket video) {
    if (packet.marker() || video == null || !scalability.cutsPicture(packet.timestamp(), video)) {
      return packet.marker();
    }
    cutPictures.add(packet.sequenceNumber());
    return true;
  }

  private void renumberPicture(byte[] out, int end, int payloadLength, int leftOut) {
    if (outgoing.wrap(out, end - payloadLength, payloadLength)) {
      numbers.write(outgoing, leftOut);
    }
  }

  /**
   * Writes the retransmission of a packet the subscriber has asked for, which may be two bytes
   * longer than the packet was. Packets that the subscriber never got are there too: when the first
   * packet of a key frame is overtaken by others of it, those come this way.
   *
   * @param waitNanos how long it is going to wait before it is sent: as long as it does it is not
   *     written once more
   * @return the length, or 0 when there is nothing to send
   */
  public int retransmit(int sequenceNumber, long nowNanos, long waitNanos, byte[] out, int offset) {
    // What was sent of a layer left behind is before a key frame, so nobody needs it any more
    Layer layer = selector.current();
    Rewriter rewriter = stream.rewriter();
    if (layer == null || !rewriter.isFrom(layer.ssrc())) {
      return 0;
    }
    RtpPacket packet =
        retransmitter.take(
            sequenceNumber,
            layer,
            rewriter.sourceSequence(sequenceNumber),
            stream.rttNanos(),
            nowNanos,
            waitNanos);
    if (packet == null) {
      return 0;
    }
    int length =
        stream
            .writer()
            .writeRetransmission(
                packet,
                packet.marker() || cutPictures.contains(packet.sequenceNumber()),
                layer.section().extensionIds(),
                sequenceNumber,
                rewriter.timestamp(packet.timestamp()),
                retransmitter,
                out,
                offset);
    renumberPicture(out, offset + length, packet.payloadLength(), rewriter.picturesLeftOut());
    return length;
  }

  /**
   * Writes a packet that was sent lately once more, to fill up a probe with what has use if the
   * first was lost.
   *
   * @param maxBytes how long it may be
   * @return the length, or 0 when there is none that fits
   */
  public int writeRepeat(int maxBytes, long nowNanos, byte[] out, int offset) {
    Layer layer = selector.current();
    Rewriter rewriter = stream.rewriter();
    if (track.rtxSsrc().isEmpty() || layer == null || !rewriter.isFrom(layer.ssrc())) {
      return 0;
    }
    for (int i = 0; i < REPEATED; i++) {
      int sequenceNumber = SequenceNumbers.plus(rewriter.lastSequenceNumber(), -i);
      int sourceSequence = rewriter.sourceSequence(sequenceNumber);
      if (retransmitter.canRepeat(
          sequenceNumber, layer, sourceSequence, maxBytes, stream.rttNanos(), nowNanos)) {
        return retransmit(sequenceNumber, nowNanos, 0, out, offset);
      }
    }
    return 0;
  }

  /**
   * Writes a packet of nothing but padding, on the SSRC of the retransmissions.
   *
   * @param maxBytes how long it may be
   * @return the length, or 0 when the subscriber takes no retransmissions
   */
  public int writePadding(int maxBytes, byte[] out, int offset) {
    return stream
        .writer()
        .writePadding(maxBytes, stream.rewriter().lastTimestamp(), retransmitter, out, offset);
  }

  @Override
  public boolean isFlowing() {
    return selector.current() != null;
  }

  @Override
  public void takeBack(Unsent unsent) {
    stream.takeBack(unsent);
    selector.interrupt();
  }

  @Override
  public void onPictureLoss() {
    want(selector.onPictureLoss());
  }

  @Override
  public void onReport(ReportBlocks block, long nowNanos) {
    stream.onReport(block, nowNanos);
  }

  @Override
  public void onTick(long nowNanos) {
    selector.update(nowNanos);
    want(selector.keyframeWanted());
    Layer current = selector.current();
    limits.apply(current, scalability);
    if (current != null && scalability.needsKeyFrame(current.costs().topSpatialLayer())) {
      want(current);
    }
  }

  private static void want(@Nullable Layer layer) {
    if (layer != null) {
      layer.keyframes().want();
    }
  }

  @Override
  public int writeSenderReport(long nowNanos, byte[] out, int offset) {
    return stream.writeSenderReport(nowNanos, out, offset);
  }

  @Override
  public long rttNanos() {
    return stream.rttNanos();
  }
}

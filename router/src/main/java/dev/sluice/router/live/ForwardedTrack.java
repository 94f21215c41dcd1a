package dev.sluice.router.live;

import static java.util.Objects.requireNonNull;

import dev.sluice.router.forward.AudioForwarder;
import dev.sluice.router.forward.Forwarder;
import dev.sluice.router.forward.OutgoingTrack;
import dev.sluice.router.forward.VideoForwarder;
import dev.sluice.router.net.SendBatch;
import dev.sluice.router.track.Layer;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.rtp.rtcp.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One medium of one subscription: what a {@link Forwarder} makes of it goes down the transport. */
final class ForwardedTrack {
  // RFC 4588 §4: the original sequence number in front of the payload.
  private static final int MAX_RETRANSMISSION_BYTES = 1600;
  private static final int MAX_DESCRIPTION_BYTES = 80;

  private final SubscribedTrack description;
  private final Downlink downlink;
  private final FanOut fanOut;
  private final WorkerCounters counters;
  private final Forwarder forwarder;
  private final ExtensionIds ids;
  private final byte[] cname;
  private final Consumer<ForwardedTrack> onEnd;

  /**
   * Joins the track to its stream.
   *
   * @param onEnd told when the subscription or the stream has ended
   */
  ForwardedTrack(
      Worker worker,
      Downlink downlink,
      SubscribedTrack description,
      FanOut fanOut,
      RandomGenerator random,
      Consumer<ForwardedTrack> onEnd) {
    this.description = description;
    this.downlink = downlink;
    this.fanOut = fanOut;
    this.counters = worker.counters();
    this.onEnd = onEnd;
    this.ids = description.extensionIds();
    this.cname = description.cname().getBytes(StandardCharsets.UTF_8);
    OutgoingTrack outgoing =
        new OutgoingTrack(
            description.ssrc(),
            description.payloadType(),
            description.rtxSsrc(),
            description.rtxPayloadType(),
            description.clockRateHz(),
            ids);
    this.forwarder =
        switch (description.key().kind()) {
          case AUDIO -> new AudioForwarder(outgoing, random);
          case VIDEO -> new VideoForwarder(outgoing, fanOut.layers(), random);
        };
    forwarder.setEnabled(description.enabled(), worker.nowNanos());
    fanOut.add(this);
  }

  void end() {
    fanOut.remove(this);
    onEnd.accept(this);
  }

  TrackKey key() {
    return description.key();
  }

  int ssrc() {
    return description.ssrc();
  }

  void setEnabled(boolean enabled, long nowNanos) {
    forwarder.setEnabled(enabled, nowNanos);
    askForKeyFrame(nowNanos);
  }

  /** The publisher's end was replaced. */
  void onLayers(List<Layer> layers, long nowNanos) {
    switch (forwarder) {
      case AudioForwarder _ -> {}
      case VideoForwarder video -> video.setLayers(layers, nowNanos);
    }
    askForKeyFrame(nowNanos);
  }

  /** Asks for a key frame at once if one is needed, and if there is somebody to receive it. */
  void askForKeyFrame(long nowNanos) {
    if (downlink.isConnected()) {
      forwarder.onTick(nowNanos);
    }
  }

  void onPictureLoss() {
    forwarder.onPictureLoss();
  }

  void onReport(ReportBlocks block, long nowNanos) {
    forwarder.onReport(block, nowNanos);
  }

  /** Sends what the subscriber gets of the packets that came together. */
  void forward(@Nullable PacketSlot[] slots, @Nullable Layer[] layers, int size, long nowNanos) {
    for (int i = 0; i < size; i++) {
      PacketSlot slot = requireNonNull(slots[i]);
      Layer layer = requireNonNull(layers[i]);
      RtpPacket packet = slot.rtp();
      SendBatch batch = downlink.begin(Forwarder.maxLength(packet));
      if (batch == null) {
        return;
      }
      int length =
          forwarder.forward(layer, packet, slot.vp8(), nowNanos, batch.buffer(), batch.position());
      if (length > 0) {
        downlink.send(batch, length, ids, nowNanos);
        counters.forwardedPackets++;
      }
    }
  }

  /** Sends a packet again that the subscriber misses. */
  void retransmit(int sequenceNumber, long nowNanos) {
    SendBatch batch = downlink.begin(MAX_RETRANSMISSION_BYTES);
    if (batch == null) {
      return;
    }
    int length = forwarder.retransmit(sequenceNumber, nowNanos, batch.buffer(), batch.position());
    if (length > 0) {
      downlink.send(batch, length, ids, nowNanos);
      counters.retransmittedPackets++;
    }
  }

  /** Adds a sender report with the CNAME (RFC 3550 §6.1) when one is due. */
  void onTick(OutgoingRtcp out, long nowNanos) {
    forwarder.onTick(nowNanos);
    out.reserve(SenderReport.LENGTH + MAX_DESCRIPTION_BYTES);
    int length = forwarder.writeSenderReport(nowNanos, out.buffer(), out.position());
    if (length > 0) {
      out.commit(length);
      out.commit(
          SourceDescription.writeCname(out.buffer(), out.position(), description.ssrc(), cname));
    }
  }
}

package dev.sluice.router.live;

import dev.sluice.router.track.ArrivalLog;
import dev.sluice.router.track.Layer;
import dev.sluice.router.worker.Link;
import dev.sluice.router.worker.WorkerCounters;
import dev.sluice.rtp.rtcp.Nack;
import dev.sluice.rtp.rtcp.PictureLossIndication;
import dev.sluice.rtp.rtcp.ReceiverReport;
import dev.sluice.rtp.rtcp.TransportFeedbackWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a publisher is told of its media: what was lost, that a key frame is needed, when packets
 * arrived, and how reception goes. Chromium sends MID and RID with every packet until it gets
 * receiver reports.
 */
final class PublisherFeedback {
  /** Our SSRC in RTCP. We send no media here, so nothing can collide with it. */
  private static final int OWN_SSRC = 1;

  private static final long REPORT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_NACKS = 100;

  private final WorkerCounters counters;
  private final ArrivalLog arrivals;
  private final OutgoingRtcp out;
  private final ReceiverReport report = new ReceiverReport();
  private final Periodic reports;
  private final int[] lost = new int[MAX_NACKS];
  private List<InboundTrack> tracks = List.of();
  private int mediaSsrc;

  PublisherFeedback(Link link, WorkerCounters counters, ArrivalLog arrivals, long nowNanos) {
    this.counters = counters;
    this.arrivals = arrivals;
    this.out = new OutgoingRtcp(link);
    this.reports = new Periodic(REPORT_INTERVAL_NANOS, nowNanos);
  }

  void tracks(List<InboundTrack> current) {
    tracks = current;
  }

  /** The SSRC of any packet of the transport, which transport-wide feedback has to name. */
  void mediaSsrc(int ssrc) {
    mediaSsrc = ssrc;
  }

  /** Sends what is due; every 10 to 20 ms. */
  void onTick(long nowNanos) {
    // First, because it needs most of a datagram.
    tellArrivals(nowNanos);
    for (int i = 0; i < tracks.size(); i++) {
      InboundTrack track = tracks.get(i);
      List<Layer> layers = track.layers();
      for (int j = 0; j < layers.size(); j++) {
        Layer layer = layers.get(j);
        if (layer.isBound()) {
          askForLost(track, layer, nowNanos);
          askForKeyFrame(layer, nowNanos);
        }
      }
    }
    if (reports.isDue(nowNanos)) {
      report(nowNanos);
    }
    out.flush();
  }

  private void askForLost(InboundTrack track, Layer layer, long nowNanos) {
    if (!track.description().retransmits()) {
      return;
    }
    int count = layer.losses().due(nowNanos, lost);
    if (count > 0) {
      out.reserve(Nack.maxLength(count));
      out.commit(Nack.write(out.buffer(), out.position(), OWN_SSRC, layer.ssrc(), lost, count));
      counters.nacksSent += count;
      layer.counters().nacks += count;
    }
  }

  private void askForKeyFrame(Layer layer, long nowNanos) {
    if (layer.keyframes().due(nowNanos)) {
      out.reserve(PictureLossIndication.LENGTH);
      out.commit(PictureLossIndication.write(out.buffer(), out.position(), OWN_SSRC, layer.ssrc()));
      counters.keyframeRequestsSent++;
      layer.counters().keyframeRequests++;
    }
  }

  private void tellArrivals(long nowNanos) {
    while (true) {
      out.reserve(TransportFeedbackWriter.MAX_LENGTH);
      int length =
          arrivals.writeFeedback(out.buffer(), out.position(), OWN_SSRC, mediaSsrc, nowNanos);
      if (length == 0) {
        return;
      }
      out.commit(length);
    }
  }

  private void report(long nowNanos) {
    int blocks = 0;
    for (int i = 0; i < tracks.size(); i++) {
      List<Layer> layers = tracks.get(i).layers();
      for (int j = 0; j < layers.size(); j++) {
        Layer layer = layers.get(j);
        if (!layer.isBound()) {
          continue;
        }
        if (blocks == 0) {
          out.reserve(ReceiverReport.lengthOf(ReceiverReport.MAX_BLOCKS));
          report.begin(out.buffer(), out.position(), OWN_SSRC);
        }
        if (layer.reception().appendTo(report, layer.ssrc(), nowNanos)
            && ++blocks == ReceiverReport.MAX_BLOCKS) {
          out.commit(report.finish());
          blocks = 0;
        }
      }
    }
    if (blocks > 0) {
      out.commit(report.finish());
    }
  }
}

package dev.sluice.router.live;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.forward.LayerPreference;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import dev.sluice.router.pace.SendClass;
import dev.sluice.router.pace.SentListener;
import dev.sluice.router.worker.Link;
import dev.sluice.router.worker.LinkListener;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.rtcp.FullIntraRequest;
import dev.sluice.rtp.rtcp.Nack;
import dev.sluice.rtp.rtcp.PictureLossIndication;
import dev.sluice.rtp.rtcp.Remb;
import dev.sluice.rtp.rtcp.ReportBlocks;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.TransportFeedback;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transport that a peer subscribes on: tracks go out, the peer's feedback on them comes in. */
final class SubscribeTransport implements LinkListener, AutoCloseable {
  private final Worker worker;
  private final WorkerCounters counters;
  private final LiveRoom room;
  private final String peer;
  private final long generation;
  private final Link link;
  private final Downlink downlink;
  private final Adaptation adaptation;
  private final OutgoingRtcp out;
  private final List<ForwardedTrack> tracks = new ArrayList<>();
  private final RtcpCompound rtcp = new RtcpCompound();
  private final Nack nack = new Nack();
  private final FullIntraRequest fullIntraRequest = new FullIntraRequest();
  private final ReportBlocks reportBlocks = new ReportBlocks();
  private final TransportFeedback transportFeedback = new TransportFeedback();
  private final Remb remb = new Remb();

  SubscribeTransport(Worker worker, LiveRoom room, String peer, long generation) {
    this.worker = worker;
    this.counters = worker.counters();
    this.room = room;
    this.peer = peer;
    this.generation = generation;
    this.link = worker.openLink(this);
    this.downlink = new Downlink(link, new Sending(), this::isFull);
    this.adaptation =
        new Adaptation(
            room.adaptation(), downlink, room::speakerRank, this::onQuality, worker.nowNanos());
    this.out = new OutgoingRtcp(link);
  }

  Endpoint endpoint() {
    return new Endpoint(generation, link.localCredentials());
  }

  IceCredentials restartIce() {
    return link.restartIce();
  }

  boolean isClosed() {
    return link.isClosed();
  }

  void setRemote(RemoteParameters remote) {
    link.setRemote(remote);
  }

  /** Forwards a track from now on, unless it does already. */
  void start(SubscribedTrack description) {
    if (find(description.key()) != null) {
      return;
    }
    LiveStream stream = room.stream(description.streamId());
    ForwardedTrack track =
        new ForwardedTrack(
            worker,
            downlink,
            description,
            stream.fanOut(description.key().kind()),
            room.random(),
            ended -> {
              tracks.remove(ended);
              adaptation.reconsider();
              room.release(stream);
            });
    tracks.add(track);
    if (description.outgoing().extensionIds().has(HeaderExtension.TRANSPORT_WIDE_CC)) {
      adaptation.expectFeedback();
    }
    adaptation.reconsider();
    track.askForKeyFrame(worker.nowNanos());
  }

  void setChoice(TrackKey key, boolean enabled, LayerPreference preference, VideoTerms terms) {
    ForwardedTrack track = find(key);
    if (track != null) {
      track.setChoice(enabled, preference, terms, worker.nowNanos());
      adaptation.reconsider();
    }
  }

  void stop(TrackKey key) {
    ForwardedTrack track = find(key);
    if (track != null) {
      track.end();
    }
  }

  private @Nullable ForwardedTrack find(TrackKey key) {
    for (ForwardedTrack track : tracks) {
      if (track.key().equals(key)) {
        return track;
      }
    }
    return null;
  }

  private @Nullable ForwardedTrack find(int ssrc) {
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i).ssrc() == ssrc) {
        return tracks.get(i);
      }
    }
    return null;
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
    counters.unexpectedRtp++;
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
    rtcp.wrap(buffer, offset, length);
    while (rtcp.next()) {
      if (nack.wrap(rtcp)) {
        onNack(find(rtcp.mediaSsrc()), nowNanos);
      } else if (PictureLossIndication.matches(rtcp)) {
        onKeyframeRequest(find(rtcp.mediaSsrc()));
      } else if (fullIntraRequest.wrap(rtcp)) {
        while (fullIntraRequest.next()) {
          onKeyframeRequest(find(fullIntraRequest.ssrc()));
        }
      } else if (transportFeedback.wrap(rtcp)) {
        onTransportFeedback(nowNanos);
      } else if (remb.wrap(rtcp)) {
        adaptation.expectFeedback();
        adaptation.estimator().onReceiverEstimate(remb.bitrateBps(), nowNanos);
      } else if (reportBlocks.wrap(rtcp)) {
        onReports(nowNanos);
      }
    }
    if (rtcp.malformed()) {
      counters.malformedRtcp++;
    }
  }

  private final class Sending implements SentListener {
    @Override
    public void onSent(int transportSequence, int wireBytes, SendClass sendClass, long nowNanos) {
      adaptation.estimator().onSent(transportSequence, wireBytes, nowNanos);
    }

    @Override
    public void onSentAgain(int transportSequence) {
      adaptation.estimator().onSentAgain(transportSequence);
    }
  }

  private void onNack(@Nullable ForwardedTrack track, long nowNanos) {
    if (track == null) {
      return;
    }
    while (nack.next()) {
      counters.nacksReceived++;
      track.retransmit(nack.sequenceNumber(), nowNanos);
    }
  }

  private void onKeyframeRequest(@Nullable ForwardedTrack track) {
    if (track != null) {
      counters.keyframeRequestsReceived++;
      track.onPictureLoss();
    }
  }

  private void onReports(long nowNanos) {
    while (reportBlocks.next()) {
      ForwardedTrack track = find(reportBlocks.ssrc());
      if (track != null) {
        track.onReport(reportBlocks, nowNanos);
      }
    }
  }

  private void onTransportFeedback(long nowNanos) {
    while (transportFeedback.next()) {
      boolean received = transportFeedback.received();
      adaptation
          .estimator()
          .onPacketFeedback(
              transportFeedback.sequenceNumber(),
              received,
              transportFeedback.arrivalTicks() * TransportFeedback.TICK_NANOS);
      if (received) {
        counters.feedbackReceived++;
      } else {
        counters.feedbackLost++;
      }
    }
    adaptation.estimator().onFeedbackEnd(nowNanos);
  }

  private boolean isFull(long nowNanos) {
    return adaptation.isFull(nowNanos);
  }

  private void onQuality(int id, VideoQuality quality) {
    ForwardedTrack track = find(id);
    if (track != null) {
      track.onQuality(quality);
      adaptation.onQuality(quality);
      count(quality);
      room.listener().onVideoQuality(peer, track.key().subscriptionId(), quality);
    }
  }

  private void count(VideoQuality quality) {
    switch (quality) {
      case GOOD -> worker.counters().videosGood++;
      case WARNING -> worker.counters().videosWarned++;
      case OFF -> worker.counters().videosSwitchedOff++;
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    for (ForwardedTrack track : tracks) {
      track.askForKeyFrame(nowNanos);
    }
  }

  @Override
  public void onClosed(boolean wasConnected, String reason) {
    endTracks();
    room.onTransportClosed(
        new ClosedTransport(peer, TransportSide.SUBSCRIBE, generation, wasConnected, reason));
  }

  void onTick(long nowNanos) {
    link.onTick(nowNanos);
    if (!link.isConnected()) {
      return;
    }
    for (int i = 0; i < tracks.size(); i++) {
      tracks.get(i).onTick(out, nowNanos);
    }
    adaptation.onTick(tracks, nowNanos);
    downlink.onTick(nowNanos);
    out.flush();
  }

  TransportSnapshot snapshot(long nowNanos) {
    return TransportSnapshot.of(
        peer,
        TransportSide.SUBSCRIBE,
        link,
        adaptation.snapshot(nowNanos),
        tracks.stream().map(track -> track.snapshot(nowNanos)).toList());
  }

  private void endTracks() {
    List.copyOf(tracks).forEach(ForwardedTrack::end);
  }

  @Override
  public void close() {
    endTracks();
    link.close();
  }
}

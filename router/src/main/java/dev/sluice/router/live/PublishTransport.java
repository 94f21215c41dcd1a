package dev.sluice.router.live;

import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import dev.sluice.router.track.ArrivalLog;
import dev.sluice.router.track.InboundSection;
import dev.sluice.router.track.Layer;
import dev.sluice.router.track.LayerCounters;
import dev.sluice.router.track.LayerTable;
import dev.sluice.router.track.Rtx;
import dev.sluice.router.worker.Link;
import dev.sluice.router.worker.LinkListener;
import dev.sluice.router.worker.PacketSlot;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerCounters;
import dev.sluice.rtp.RtpPacket;
import dev.sluice.rtp.extension.ExtensionIds;
import dev.sluice.rtp.extension.ExtensionValues;
import dev.sluice.rtp.extension.HeaderExtension;
import dev.sluice.rtp.rtcp.RtcpCompound;
import dev.sluice.rtp.rtcp.SenderReport;
import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The transport that a peer publishes on: its tracks come in, feedback on them goes out. */
final class PublishTransport implements LinkListener, AutoCloseable {
  // Chromium and Firefox check their path at least every 6 s when they send nothing, and send RTP
  // and RTCP far more often as long as they have a track.
  private static final long INTERRUPTED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long ECONOMY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  // RFC 6464 §3: the bit above it tells of voice activity, which senders judge in their own ways.
  private static final int LEVEL_MASK = 0x7F;

  private final Worker worker;
  private final WorkerCounters counters;
  private final LiveRoom room;
  private final String peer;
  private final long generation;
  private final Link link;
  private final LayerTable layers = new LayerTable();
  private final ArrivalLog arrivals = new ArrivalLog();
  private final PublisherFeedback feedback;
  private final Periodic economy;
  private final RtcpCompound rtcp = new RtcpCompound();
  private final SenderReport senderReport = new SenderReport();
  private Map<String, InboundTrack> tracks = Map.of();
  // One id has one meaning in all sections of a BUNDLE group (RFC 9143 §7.1.1).
  private ExtensionIds transportIds = ExtensionIds.none();
  // Some of the streams are interrupted: the next packet of media restores them.
  private boolean awaited;
  private boolean silenceTold;

  PublishTransport(Worker worker, LiveRoom room, String peer, long generation) {
    this.worker = worker;
    this.counters = worker.counters();
    this.room = room;
    this.peer = peer;
    this.generation = generation;
    this.link = worker.openLink(this);
    this.feedback = new PublisherFeedback(link, counters, arrivals, worker.nowNanos());
    this.economy = new Periodic(ECONOMY_NANOS, worker.nowNanos());
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

  List<String> streamIds() {
    return tracks.values().stream()
        .map(track -> track.description().streamId())
        .distinct()
        .toList();
  }

  /** Makes the tracks those given. */
  void publish(RemoteParameters remote, List<PublishedTrack> published) {
    link.setRemote(remote);
    Map<String, InboundTrack> before = tracks;
    published.stream()
        .filter(track -> isReused(before.get(track.mid()), track))
        .forEach(track -> layers.forget(track.mid()));
    layers.setSections(published.stream().map(PublishedTrack::section).toList());
    Map<String, InboundTrack> now = new HashMap<>();
    for (PublishedTrack track : published) {
      InboundTrack known = before.get(track.mid());
      if (known == null || !known.description().equals(track)) {
        FanOut fanOut = room.stream(track.streamId()).fanOut(track.kind());
        known =
            new InboundTrack(
                worker, track, layers.layersOf(track.mid()), fanOut, room.adaptation().economy());
      }
      now.put(track.mid(), known);
    }
    tracks = Map.copyOf(now);
    before.values().stream().filter(track -> !now.containsValue(track)).forEach(this::end);
    transportIds =
        published.stream()
            .map(track -> track.section().extensionIds())
            .filter(ids -> ids.has(HeaderExtension.TRANSPORT_WIDE_CC))
            .findFirst()
            .orElse(ExtensionIds.none());
    feedback.tracks(List.copyOf(tracks.values()));
    silenceTold = false;
    awaited = streamIds().stream().anyMatch(id -> room.stream(id).isInterrupted());
  }

  private static boolean isReused(@Nullable InboundTrack before, PublishedTrack now) {
    return before != null && !before.description().streamId().equals(now.streamId());
  }

  private void end(InboundTrack track) {
    track.end();
    room.release(room.stream(track.description().streamId()));
  }

  /** Ends the tracks of a stream; what still comes of them belongs to nothing. */
  void endStream(String streamId) {
    List<PublishedTrack> rest =
        tracks.values().stream()
            .map(InboundTrack::description)
            .filter(track -> !track.streamId().equals(streamId))
            .toList();
    Map<String, InboundTrack> kept = new HashMap<>();
    tracks.forEach(
        (mid, track) -> {
          if (track.description().streamId().equals(streamId)) {
            end(track);
          } else {
            kept.put(mid, track);
          }
        });
    tracks = Map.copyOf(kept);
    layers.setSections(rest.stream().map(PublishedTrack::section).toList());
    feedback.tracks(List.copyOf(tracks.values()));
  }

  @Override
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {
    PacketSlot slot = worker.nextPacket();
    if (!slot.take(buffer, offset, length)) {
      counters.malformedRtp++;
      return;
    }
    RtpPacket packet = slot.rtp();
    int transportSequence = ExtensionValues.transportSequence(packet, transportIds);
    if (transportSequence != ExtensionValues.ABSENT) {
      arrivals.onArrival(transportSequence, nowNanos);
      feedback.mediaSsrc(packet.ssrc());
    }
    Layer layer = layers.layerOf(packet, nowNanos);
    if (layer == null) {
      counters.unknownRtp++;
      return;
    }
    counters.receivedPackets++;
    InboundSection section = layer.section();
    boolean restored = layer.isRetransmission(packet);
    if (restored
        && !(layer.isBound() && Rtx.restore(packet, layer.ssrc(), section.payloadType()))) {
      counters.paddingRetransmissions++;
      return;
    }
    LayerCounters layerCounters = layer.counters();
    layerCounters.packets++;
    layerCounters.bytes += packet.length();
    layerCounters.retransmitted += restored ? 1 : 0;
    if (!layer.onPacket(packet, restored, nowNanos)) {
      counters.duplicatePackets++;
      layerCounters.duplicates++;
      return;
    }
    if (awaited) {
      restoreStreams();
    }
    InboundTrack track = tracks.get(section.mid());
    if (track != null) {
      if (track.description().kind() == MediaKind.AUDIO) {
        hear(packet, track.description(), nowNanos);
      }
      track.onPacket(slot, layer, nowNanos);
    }
  }

  private void hear(RtpPacket packet, PublishedTrack voice, long nowNanos) {
    int level = ExtensionValues.audioLevel(packet, voice.section().extensionIds());
    if (level != ExtensionValues.ABSENT) {
      room.onAudioLevel(voice.streamId(), level & LEVEL_MASK, nowNanos);
    }
  }

  private void restoreStreams() {
    awaited = false;
    silenceTold = false;
    streamIds().forEach(room::restoreStream);
  }

  private void interruptStreams() {
    awaited = true;
    silenceTold = true;
    streamIds().forEach(room::interruptStream);
  }

  @Override
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {
    rtcp.wrap(buffer, offset, length);
    while (rtcp.next()) {
      if (senderReport.wrap(rtcp)) {
        Layer layer = layers.layerOf(senderReport.ssrc());
        if (layer != null) {
          layer
              .clock()
              .onSenderReport(senderReport.ntpTime(), senderReport.rtpTimestamp(), nowNanos);
          layer.reception().onSenderReport(senderReport.ntpTime(), nowNanos);
        }
      }
    }
    if (rtcp.malformed()) {
      counters.malformedRtcp++;
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    // The publisher sends as soon as it can; there is nothing to start on this side.
  }

  @Override
  public void onClosed(boolean wasConnected, String reason) {
    interruptStreams();
    room.onTransportClosed(
        new ClosedTransport(peer, TransportSide.PUBLISH, generation, wasConnected, reason));
  }

  void onTick(long nowNanos) {
    link.onTick(nowNanos);
    if (link.isConnected()) {
      feedback.onTick(nowNanos);
      if (economy.isDue(nowNanos)) {
        tellWantedLayers(nowNanos);
      }
    }
    if (!silenceTold && nowNanos - link.heardNanos() > INTERRUPTED_NANOS) {
      interruptStreams();
    }
  }

  private void tellWantedLayers(long nowNanos) {
    for (InboundTrack track : tracks.values()) {
      track
          .wantedLayers(nowNanos)
          .ifPresent(
              rids -> room.listener().onWantedLayers(peer, track.description().streamId(), rids));
    }
  }

  TransportSnapshot snapshot(long nowNanos) {
    return TransportSnapshot.of(
        peer,
        TransportSide.PUBLISH,
        link,
        Optional.empty(),
        tracks.values().stream().map(track -> track.snapshot(nowNanos)).toList());
  }

  @Override
  public void close() {
    tracks.values().forEach(this::end);
    tracks = Map.of();
    feedback.tracks(List.of());
    link.close();
  }
}

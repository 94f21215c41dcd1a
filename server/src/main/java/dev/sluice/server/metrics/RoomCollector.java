package dev.sluice.server.metrics;

import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.RoomSnapshot.TrackSnapshot;
import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Each transport and each track of the sessions that run, up to a number: every one is a series of
 * its own that Prometheus keeps for weeks after the call. How many there were is told in any case.
 */
final class RoomCollector implements MultiCollector {
  private final Supplier<List<RoomSnapshot>> rooms;
  private final int most;

  RoomCollector(Supplier<List<RoomSnapshot>> rooms, int most) {
    this.rooms = rooms;
    this.most = most;
  }

  @Override
  public MetricSnapshots collect() {
    Counters packets = new Counters("sluice_transport_packets", "SRTP and SRTCP packets");
    Counters bytes = new Counters("sluice_transport_bytes", "Bytes of SRTP and SRTCP");
    Counters transportDropped =
        new Counters("sluice_transport_dropped", "Packets of a transport that were not handled");
    TrackCounters tracks = new TrackCounters();
    AdaptationMetrics adaptation = new AdaptationMetrics();
    Set<Labels> adapted = new HashSet<>();
    int transportCount = 0;
    int trackCount = 0;
    for (RoomSnapshot room : rooms.get()) {
      for (TransportSnapshot transport : room.transports()) {
        Labels labels = labels(room, transport);
        adaptation.count(transport);
        if (transportCount++ < most) {
          Labels received = labels.add("direction", "received");
          Labels sent = labels.add("direction", "sent");
          packets.add(received, transport.received().packets());
          packets.add(sent, transport.sent().packets());
          bytes.add(received, transport.received().bytes());
          bytes.add(sent, transport.sent().bytes());
          transport
              .dropped()
              .forEach(
                  (reason, count) -> transportDropped.add(labels.add("reason", reason), count));
          // Of a client that renews its transport there are two for a moment.
          transport
              .adaptation()
              .filter(_ -> adapted.add(labels))
              .ifPresent(now -> adaptation.add(labels, now));
        }
        for (TrackSnapshot track : transport.tracks()) {
          if (trackCount++ < most) {
            tracks.add(labels, track);
          }
        }
      }
    }
    List<MetricSnapshot> metrics = new ArrayList<>();
    metrics.add(gauge("sluice_transports", "Transports that are open", transportCount));
    metrics.add(gauge("sluice_tracks", "Tracks, published and subscribed", trackCount));
    Stream.concat(Stream.of(packets, bytes, transportDropped), tracks.all())
        .forEach(counters -> metrics.add(counters.snapshot()));
    metrics.addAll(adaptation.snapshots());
    return new MetricSnapshots(metrics);
  }

  private static Labels labels(RoomSnapshot room, TransportSnapshot transport) {
    return Labels.of(
        "session",
        room.name(),
        "connection",
        transport.peer(),
        "side",
        transport.side().name().toLowerCase(Locale.ROOT));
  }

  private static GaugeSnapshot gauge(String name, String help, int value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  /** What is counted of a track. */
  private static final class TrackCounters {
    private final Counters packets =
        new Counters("sluice_track_packets", "RTP packets, retransmissions included");
    private final Counters bytes = new Counters("sluice_track_bytes", "Bytes of RTP");
    private final Counters lost =
        new Counters("sluice_track_lost", "Packets not received, or reported as lost");
    private final Counters retransmitted =
        new Counters("sluice_track_retransmitted", "Packets received or sent again");
    private final Counters nacks =
        new Counters("sluice_track_nacks", "Packets that were asked for again");
    private final Counters keyframes =
        new Counters("sluice_track_keyframe_requests", "Requests for key frames");
    private final Counters dropped =
        new Counters("sluice_track_dropped", "Packets of a track that were not handled");

    void add(Labels transport, TrackSnapshot track) {
      Labels labels =
          transport
              .add("stream", track.streamId())
              .add("subscription", track.subscriptionId().orElse(""))
              .add("kind", track.kind().name().toLowerCase(Locale.ROOT))
              .add("codec", track.codec());
      packets.add(labels, track.traffic().packets());
      bytes.add(labels, track.traffic().bytes());
      lost.add(labels, track.lost());
      retransmitted.add(labels, track.retransmitted());
      nacks.add(labels, track.nacks());
      keyframes.add(labels, track.keyframeRequests());
      track.dropped().forEach((reason, count) -> dropped.add(labels.add("reason", reason), count));
    }

    Stream<Counters> all() {
      return Stream.of(packets, bytes, lost, retransmitted, nacks, keyframes, dropped);
    }
  }
}

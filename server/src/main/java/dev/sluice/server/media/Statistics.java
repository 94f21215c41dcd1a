package dev.sluice.server.media;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.RoomStatistics;
import dev.sluice.session.media.RoomStatistics.AdaptationStatistics;
import dev.sluice.session.media.RoomStatistics.LayerStatistics;
import dev.sluice.session.media.RoomStatistics.TrackStatistics;
import dev.sluice.session.media.RoomStatistics.Traffic;
import dev.sluice.session.media.RoomStatistics.TransportStatistics;
import dev.sluice.session.media.TransportSide;
import dev.sluice.session.media.VideoQuality;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.UUID;

/** What a room of the router has carried, in the words of the domain. */
final class Statistics {
  private Statistics() {}

  static RoomStatistics of(RoomSnapshot snapshot) {
    return new RoomStatistics(snapshot.transports().stream().map(Statistics::transport).toList());
  }

  private static TransportStatistics transport(RoomSnapshot.TransportSnapshot transport) {
    return new TransportStatistics(
        new ConnectionId(UUID.fromString(transport.peer())),
        side(transport.side()),
        transport.state().name().toLowerCase(Locale.ROOT),
        transport.path().map(Statistics::path),
        traffic(transport.received()),
        traffic(transport.sent()),
        transport.dropped(),
        transport.adaptation().map(Statistics::adaptation),
        transport.tracks().stream().map(Statistics::track).toList());
  }

  private static AdaptationStatistics adaptation(RoomSnapshot.AdaptationSnapshot adaptation) {
    Estimate estimate = adaptation.estimate();
    return new AdaptationStatistics(
        estimate.bitrateBps(),
        estimate.reason().name().toLowerCase(Locale.ROOT),
        estimate.usage().name().toLowerCase(Locale.ROOT),
        estimate.loss(),
        estimate.queueDelayNanos(),
        adaptation.sendingBps(),
        adaptation.queueDelayNanos(),
        adaptation.videosSwitchedOff(),
        adaptation.probes());
  }

  private static String path(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return host.contains(":")
        ? "[%s]:%d".formatted(host, address.getPort())
        : "%s:%d".formatted(host, address.getPort());
  }

  private static TrackStatistics track(RoomSnapshot.TrackSnapshot track) {
    return new TrackStatistics(
        new StreamId(UUID.fromString(track.streamId())),
        track.subscriptionId().map(SubscriptionId::new),
        kind(track.kind()),
        track.codec(),
        traffic(track.traffic()),
        track.lost(),
        track.retransmitted(),
        track.nacks(),
        track.keyframeRequests(),
        track.dropped(),
        track.quality().map(Statistics::quality),
        track.layers().stream().map(Statistics::layer).toList());
  }

  private static LayerStatistics layer(RoomSnapshot.LayerSnapshot layer) {
    return new LayerStatistics(layer.rid(), layer.width(), layer.height(), layer.bitrateBps());
  }

  private static Traffic traffic(RoomSnapshot.Traffic traffic) {
    return new Traffic(traffic.packets(), traffic.bytes());
  }

  private static TransportSide side(dev.sluice.router.live.TransportSide side) {
    return switch (side) {
      case PUBLISH -> TransportSide.PUBLISH;
      case SUBSCRIBE -> TransportSide.SUBSCRIBE;
    };
  }

  static VideoQuality quality(dev.sluice.router.fallback.VideoQuality quality) {
    return switch (quality) {
      case GOOD -> VideoQuality.GOOD;
      case WARNING -> VideoQuality.WARNING;
      case OFF -> VideoQuality.OFF;
    };
  }

  static MediaKind kind(dev.sluice.router.live.MediaKind kind) {
    return switch (kind) {
      case AUDIO -> MediaKind.AUDIO;
      case VIDEO -> MediaKind.VIDEO;
    };
  }
}

package dev.sluice.router.live;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.worker.Link;
import dev.sluice.transport.TransportCounters;
import dev.sluice.transport.TransportState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the transports of a room have carried so far; a picture of one moment.
 *
 * @param name the room's, as given when it was opened
 */
public record RoomSnapshot(String name, List<TransportSnapshot> transports) {
  public RoomSnapshot {
    transports = List.copyOf(transports);
  }

  /**
   * One PeerConnection.
   *
   * @param path where the peer is reached; empty before ICE has found it
   * @param dropped packets that were not handled, by reason; reasons without any are left out
   * @param adaptation of a transport that is subscribed on, once the peer tells what arrives
   */
  public record TransportSnapshot(
      String peer,
      TransportSide side,
      TransportState state,
      Optional<InetSocketAddress> path,
      Traffic received,
      Traffic sent,
      Map<String, Long> dropped,
      Optional<AdaptationSnapshot> adaptation,
      List<TrackSnapshot> tracks) {
    public TransportSnapshot {
      dropped = Map.copyOf(dropped);
      tracks = List.copyOf(tracks);
    }

    static TransportSnapshot of(
        String peer,
        TransportSide side,
        Link link,
        Optional<AdaptationSnapshot> adaptation,
        List<TrackSnapshot> tracks) {
      TransportCounters counters = link.counters();
      return new TransportSnapshot(
          peer,
          side,
          link.state(),
          link.path(),
          new Traffic(
              counters.rtpPacketsIn + counters.rtcpPacketsIn,
              counters.rtpBytesIn + counters.rtcpBytesIn),
          new Traffic(
              counters.rtpPacketsOut + counters.rtcpPacketsOut,
              counters.rtpBytesOut + counters.rtcpBytesOut),
          DropReasons.of(counters).counts(),
          adaptation,
          tracks);
    }
  }

  /**
   * How what a peer is sent was adapted to its network.
   *
   * @param estimate what the transport carries now
   * @param sendingBps what is sent of all media, on the wire, over about the last second
   * @param queueDelayNanos how long video waits here before it leaves
   * @param videosSwitchedOff how often audio fallback has switched a video off
   * @param probes how often it was tried whether the transport carries more
   */
  public record AdaptationSnapshot(
      Estimate estimate,
      long sendingBps,
      long queueDelayNanos,
      long videosSwitchedOff,
      long probes) {}

  /** Packets and their bytes; of a transport SRTP and SRTCP. */
  public record Traffic(long packets, long bytes) {}

  /**
   * One published or one subscribed track.
   *
   * @param subscriptionId empty for a published track
   * @param codec its name in SDP
   * @param traffic RTP before encryption, retransmissions included
   * @param lost packets not received from the publisher, or reported lost by the subscriber
   * @param retransmitted packets received or sent again
   * @param nacks packets asked for again, by us or by the subscriber
   * @param keyframeRequests sent to the publisher or received from the subscriber
   * @param dropped packets of it that were not handled, by reason; reasons without any are left out
   * @param quality of a subscribed video: how well the subscriber's network carries it
   * @param layers of a published track; of a subscribed video the one that is forwarded now
   */
  public record TrackSnapshot(
      String streamId,
      Optional<String> subscriptionId,
      MediaKind kind,
      String codec,
      Traffic traffic,
      long lost,
      long retransmitted,
      long nacks,
      long keyframeRequests,
      Map<String, Long> dropped,
      Optional<VideoQuality> quality,
      List<LayerSnapshot> layers) {
    public TrackSnapshot {
      dropped = Map.copyOf(dropped);
      layers = List.copyOf(layers);
    }
  }

  /**
   * One encoding.
   *
   * @param rid empty where the publisher sends one layer
   * @param width in pixels; 0, like {@code height}, until it is known
   * @param bitrateBps over about the last second; 0 when it is not being sent
   */
  public record LayerSnapshot(String rid, int width, int height, long bitrateBps) {}
}

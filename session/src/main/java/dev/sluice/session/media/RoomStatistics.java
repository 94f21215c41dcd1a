package dev.sluice.session.media;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the transports of a session have carried so far; a picture of one moment. */
public record RoomStatistics(List<TransportStatistics> transports) {
  public RoomStatistics {
    transports = List.copyOf(transports);
  }

  /**
   * One PeerConnection.
   *
   * @param state in lower case: new, connecting, connected or closed
   * @param path where the peer is reached, {@code address:port}; empty before ICE has found it
   * @param dropped packets that were not handled, by reason; reasons without any are left out
   * @param adaptation of one to subscribe on, once its client tells what arrives
   */
  public record TransportStatistics(
      ConnectionId connection,
      TransportSide side,
      String state,
      Optional<String> path,
      Traffic received,
      Traffic sent,
      Map<String, Long> dropped,
      Optional<AdaptationStatistics> adaptation,
      List<TrackStatistics> tracks) {
    public TransportStatistics {
      dropped = Map.copyOf(dropped);
      tracks = List.copyOf(tracks);
    }
  }

  /**
   * How what a client is sent is adapted to its network.
   *
   * @param estimateBps what the network is judged to carry of all that is sent, headers included
   * @param reason what the estimate was changed by last, in lower case: start, growth, delay, loss,
   *     probe, remb or silence
   * @param usage how full the network is, in lower case: clear, filling or congested
   * @param loss the share of packets that were lost in about the last second, 0 to 1
   * @param networkDelayNanos how much longer than at best packets take now
   * @param sendingBps what is sent, headers included, over about the last second
   * @param pacerDelayNanos how long video waits in the server before it leaves
   * @param videosSwitchedOff how often audio fallback has switched a video off
   * @param probes how often it was tried whether the network carries more
   */
  public record AdaptationStatistics(
      long estimateBps,
      String reason,
      String usage,
      double loss,
      long networkDelayNanos,
      long sendingBps,
      long pacerDelayNanos,
      long videosSwitchedOff,
      long probes) {}

  /** Datagrams and their bytes. */
  public record Traffic(long packets, long bytes) {}

  /**
   * One published or one subscribed track.
   *
   * @param subscription empty for a published track
   * @param codec its name in SDP
   * @param lost packets: not received from the publisher, or reported lost by the subscriber
   * @param retransmitted packets received or sent over RTX
   * @param nacks packets asked for again, by us or by the subscriber
   * @param keyframeRequests sent to the publisher or received from the subscriber
   * @param quality of a subscribed video: how well the subscriber's network carries it
   * @param layers of a published video; of a subscribed one the layer that is forwarded now
   */
  public record TrackStatistics(
      StreamId stream,
      Optional<SubscriptionId> subscription,
      MediaKind kind,
      String codec,
      Traffic traffic,
      long lost,
      long retransmitted,
      long nacks,
      long keyframeRequests,
      Map<String, Long> dropped,
      Optional<VideoQuality> quality,
      List<LayerStatistics> layers) {
    public TrackStatistics {
      dropped = Map.copyOf(dropped);
      layers = List.copyOf(layers);
    }
  }

  /**
   * @param rid empty where the publisher sends one layer
   * @param width 0 until it is known; {@code height} likewise
   * @param bitrateBps over about the last second; 0 when it is not being sent
   */
  public record LayerStatistics(String rid, int width, int height, long bitrateBps) {}
}

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
   */
  public record TransportStatistics(
      ConnectionId connection,
      TransportSide side,
      String state,
      Optional<String> path,
      Traffic received,
      Traffic sent,
      Map<String, Long> dropped,
      List<TrackStatistics> tracks) {
    public TransportStatistics {
      dropped = Map.copyOf(dropped);
      tracks = List.copyOf(tracks);
    }
  }

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

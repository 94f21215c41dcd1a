package dev.sluice.server.media;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.room.SubscribeOffer;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.SubscribedTrack;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what a room of the router tells to the session it belongs to. */
final class RouterRoomListener implements RoomListener {
  private static final Logger LOG = LoggerFactory.getLogger(RouterRoomListener.class);

  private final SessionId session;
  private final MediaListener listener;

  RouterRoomListener(SessionId session, MediaListener listener) {
    this.session = session;
    this.listener = listener;
  }

  @Override
  public void onSubscribeOffer(String peer, SubscribeOffer offer) {
    listener.onSubscribeOffer(
        new ConnectionId(UUID.fromString(peer)),
        new dev.sluice.session.media.SubscribeOffer(
            offer.revision(),
            offer.peerConnection(),
            offer.sdp(),
            offer.tracks().stream()
                .map(
                    track ->
                        new SubscribedTrack(
                            track.mid(),
                            Statistics.kind(track.kind()),
                            new SubscriptionId(track.subscriptionId()),
                            new StreamId(UUID.fromString(track.streamId()))))
                .toList()));
  }

  @Override
  public void onSubscriptionRefused(
      String peer,
      String subscriptionId,
      String streamId,
      dev.sluice.router.live.MediaKind kind,
      String codec) {
    listener.onSubscriptionRefused(
        new ConnectionId(UUID.fromString(peer)),
        new SubscriptionId(subscriptionId),
        new StreamId(UUID.fromString(streamId)),
        Statistics.kind(kind),
        codec);
  }

  @Override
  public void onStreamInterrupted(String streamId) {
    listener.onStreamInterrupted(new StreamId(UUID.fromString(streamId)));
  }

  @Override
  public void onStreamRestored(String streamId) {
    listener.onStreamRestored(new StreamId(UUID.fromString(streamId)));
  }

  @Override
  public void onVideoQuality(String peer, String subscriptionId, VideoQuality quality) {
    listener.onVideoQuality(
        new ConnectionId(UUID.fromString(peer)),
        new SubscriptionId(subscriptionId),
        Statistics.quality(quality));
  }

  @Override
  public void onActiveSpeaker(String streamId) {
    listener.onActiveSpeaker(new StreamId(UUID.fromString(streamId)));
  }

  @Override
  public void onWantedLayers(String publisher, String streamId, List<String> rids) {
    listener.onWantedLayers(new StreamId(UUID.fromString(streamId)), rids);
  }

  // The client is told by what follows: interrupted streams, or an offer of a new PeerConnection.
  @Override
  public void onTransportClosed(String peer, TransportSide side, String reason) {
    LOG.debug("Session {}: connection {} lost its {} transport: {}", session, peer, side, reason);
  }
}

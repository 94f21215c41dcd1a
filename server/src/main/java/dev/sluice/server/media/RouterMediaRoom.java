package dev.sluice.server.media;

import dev.sluice.router.live.VideoTerms;
import dev.sluice.router.room.Room;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.VideoDimensions;
import dev.sluice.session.media.LayerPreference;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.MediaRoom;
import dev.sluice.session.media.OfferedTrack;
import dev.sluice.session.media.PublishOffer;
import dev.sluice.session.media.RoomStatistics;
import dev.sluice.transport.negotiation.NegotiationException;
import dev.sluice.transport.negotiation.Refusal;
import java.util.List;

/** A room of the router as a session sees it. Called from the session's mailbox only. */
final class RouterMediaRoom implements MediaRoom {
  private final Room room;

  RouterMediaRoom(Room room) {
    this.room = room;
  }

  @Override
  public String publish(ConnectionId connection, PublishOffer offer) throws RefusedException {
    try {
      return room.publish(connection.toString(), offer.sdp(), tracks(offer.tracks()));
    } catch (NegotiationException e) {
      // An offer of the client has no revision, and so none that is stale.
      throw refused(0, e);
    }
  }

  private static List<dev.sluice.router.room.OfferedTrack> tracks(List<OfferedTrack> tracks) {
    return tracks.stream()
        .map(
            track ->
                new dev.sluice.router.room.OfferedTrack(track.mid(), track.streamId().toString()))
        .toList();
  }

  @Override
  public void unpublish(ConnectionId connection, StreamId stream) {
    room.unpublish(connection.toString(), stream.toString());
  }

  @Override
  public void subscribe(
      ConnectionId connection, SubscriptionId subscription, StreamId stream, MediaChoice choice) {
    room.subscribe(
        connection.toString(), subscription.toString(), stream.toString(), choice(choice));
  }

  @Override
  public void updateSubscription(
      ConnectionId connection, SubscriptionId subscription, MediaChoice choice) {
    room.updateSubscription(connection.toString(), subscription.toString(), choice(choice));
  }

  private static dev.sluice.router.room.MediaChoice choice(MediaChoice choice) {
    LayerPreference layer = choice.layer();
    return new dev.sluice.router.room.MediaChoice(
        choice.audio(),
        choice.video(),
        new dev.sluice.router.forward.LayerPreference(
            layer.resolution().map(VideoDimensions::width).orElse(0),
            layer.resolution().map(VideoDimensions::height).orElse(0),
            layer.frameRate().orElse(0)),
        // Nobody in a session is a recorder or a relay, which would be exempt.
        new VideoTerms(choice.terms().mayFallBack(), choice.terms().screen(), false));
  }

  @Override
  public void unsubscribe(ConnectionId connection, SubscriptionId subscription) {
    room.unsubscribe(connection.toString(), subscription.toString());
  }

  @Override
  public void answer(ConnectionId connection, int revision, String sdp) throws RefusedException {
    try {
      room.answer(connection.toString(), revision, sdp);
    } catch (NegotiationException e) {
      throw refused(revision, e);
    }
  }

  @Override
  public void restartSubscribe(ConnectionId connection, boolean renew) {
    room.restartSubscribe(connection.toString(), renew);
  }

  @Override
  public RoomStatistics statistics() {
    return Statistics.of(room.snapshot());
  }

  @Override
  public void remove(ConnectionId connection) {
    room.remove(connection.toString());
  }

  @Override
  public void close() {
    room.close();
  }

  private static RefusedException refused(int revision, NegotiationException e) {
    return new RefusedException(
        switch (e.refusal()) {
          case Refusal.InvalidSdp(String message) -> new SessionError.InvalidSdp(message);
          case Refusal.UnsupportedMedia(String message) ->
              new SessionError.UnsupportedMedia(message);
          case Refusal.StaleRevision _ -> new SessionError.StaleRevision(revision);
        });
  }
}

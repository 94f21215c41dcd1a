package dev.sluice.session.live;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.MediaPlane;
import dev.sluice.session.media.MediaRoom;
import dev.sluice.session.media.PublishOffer;
import dev.sluice.session.media.RoomStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a fault of the media plane to the call that met it: logs it and throws a {@link
 * MediaFaultException}. {@link #remove} and {@link #close} only log, because a participant or a
 * session ends whatever the media plane says.
 */
final class GuardedRoom implements MediaRoom {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedRoom.class);

  private final SessionId session;
  private final MediaRoom room;

  private GuardedRoom(SessionId session, MediaRoom room) {
    this.session = session;
    this.room = room;
  }

  static GuardedRoom open(MediaPlane media, SessionId session, MediaListener listener) {
    try {
      return new GuardedRoom(session, media.open(session, listener));
    } catch (RuntimeException e) {
      throw fault(session, "open the session's media", e);
    }
  }

  @Override
  public String publish(ConnectionId connection, PublishOffer offer) throws RefusedException {
    try {
      return room.publish(connection, offer);
    } catch (RuntimeException e) {
      throw fault(session, "take a publish offer of connection " + connection, e);
    }
  }

  @Override
  public void unpublish(ConnectionId connection, StreamId stream) {
    guarded("unpublish stream " + stream, () -> room.unpublish(connection, stream));
  }

  @Override
  public void subscribe(
      ConnectionId connection, SubscriptionId subscription, StreamId stream, MediaChoice choice) {
    guarded(
        "subscribe connection " + connection + " to stream " + stream,
        () -> room.subscribe(connection, subscription, stream, choice));
  }

  @Override
  public void updateSubscription(
      ConnectionId connection, SubscriptionId subscription, MediaChoice choice) {
    guarded(
        "update subscription " + subscription,
        () -> room.updateSubscription(connection, subscription, choice));
  }

  @Override
  public void unsubscribe(ConnectionId connection, SubscriptionId subscription) {
    guarded("end subscription " + subscription, () -> room.unsubscribe(connection, subscription));
  }

  @Override
  public void answer(ConnectionId connection, int revision, String sdp) throws RefusedException {
    try {
      room.answer(connection, revision, sdp);
    } catch (RuntimeException e) {
      throw fault(session, "take a subscribe answer of connection " + connection, e);
    }
  }

  @Override
  public void restartSubscribe(ConnectionId connection, boolean renew) {
    guarded(
        "restart the subscribe transport of connection " + connection,
        () -> room.restartSubscribe(connection, renew));
  }

  @Override
  public RoomStatistics statistics() {
    try {
      return room.statistics();
    } catch (RuntimeException e) {
      throw fault(session, "tell its statistics", e);
    }
  }

  @Override
  public void remove(ConnectionId connection) {
    try {
      room.remove(connection);
    } catch (RuntimeException e) {
      LOG.error("Session {}: the media of connection {} may linger", session, connection, e);
    }
  }

  @Override
  public void close() {
    try {
      room.close();
    } catch (RuntimeException e) {
      LOG.error("Session {}: its media may linger", session, e);
    }
  }

  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw fault(session, what, e);
    }
  }

  private static MediaFaultException fault(SessionId session, String what, RuntimeException e) {
    LOG.error("Session {}: the media plane could not {}", session, what, e);
    return new MediaFaultException("the media plane could not " + what, e);
  }
}

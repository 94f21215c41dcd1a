package dev.sluice.gateway.testing;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionError;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaChoice;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.MediaListener;
import dev.sluice.session.media.MediaPlane;
import dev.sluice.session.media.MediaRoom;
import dev.sluice.session.media.PublishOffer;
import dev.sluice.session.media.RoomStatistics;
import dev.sluice.session.media.SubscribeOffer;
import dev.sluice.session.media.SubscribedTrack;
import dev.sluice.session.media.VideoCodec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Media without packets. An offer {@code bad} is refused, {@code alien} has no codec in common,
 * {@code boom} is a fault; each subscription makes an offer at once.
 */
public final class FakeMedia implements MediaPlane {
  private volatile @Nullable MediaListener listener;
  private final Map<SubscriptionId, MediaChoice> choices = new ConcurrentHashMap<>();
  private volatile RoomStatistics statistics = new RoomStatistics(List.of());

  @Override
  public List<VideoCodec> videoCodecs() {
    return List.of(VideoCodec.VP8, VideoCodec.VP9);
  }

  @Override
  public MediaRoom open(SessionId session, MediaListener listener) {
    this.listener = listener;
    return new Room(listener);
  }

  /** The listener of the room that was opened last. */
  public MediaListener listener() {
    return Objects.requireNonNull(listener, "no room was opened");
  }

  /** What is to be sent of each subscription there was. */
  public Map<SubscriptionId, MediaChoice> choices() {
    return Map.copyOf(choices);
  }

  /** What every room has carried from now on. */
  public void carried(RoomStatistics carried) {
    statistics = carried;
  }

  private final class Room implements MediaRoom {
    private final MediaListener listener;
    private final Map<ConnectionId, Integer> revisions = new ConcurrentHashMap<>();

    Room(MediaListener listener) {
      this.listener = listener;
    }

    @Override
    public String publish(ConnectionId connection, PublishOffer offer) throws RefusedException {
      return switch (offer.sdp()) {
        case "bad" -> throw new RefusedException(new SessionError.InvalidSdp("no ICE password"));
        case "alien" -> throw new RefusedException(new SessionError.UnsupportedMedia("only VP8"));
        case "boom" -> throw new IllegalStateException("secret internals: the worker is gone");
        default -> "answer to " + offer.sdp();
      };
    }

    @Override
    public void unpublish(ConnectionId connection, StreamId stream) {}

    @Override
    public void subscribe(
        ConnectionId connection, SubscriptionId subscription, StreamId stream, MediaChoice choice) {
      choices.put(subscription, choice);
      offer(
          connection,
          1,
          List.of(
              new SubscribedTrack("0", MediaKind.AUDIO, subscription, stream),
              new SubscribedTrack("1", MediaKind.VIDEO, subscription, stream)));
    }

    private void offer(ConnectionId connection, int peer, List<SubscribedTrack> tracks) {
      int revision = revisions.merge(connection, 1, Integer::sum);
      listener.onSubscribeOffer(
          connection, new SubscribeOffer(revision, peer, "offer " + revision, tracks));
    }

    @Override
    public void updateSubscription(
        ConnectionId connection, SubscriptionId subscription, MediaChoice choice) {
      choices.put(subscription, choice);
    }

    @Override
    public void unsubscribe(ConnectionId connection, SubscriptionId subscription) {}

    @Override
    public void answer(ConnectionId connection, int revision, String sdp) throws RefusedException {
      if (revisions.getOrDefault(connection, 0) != revision) {
        throw new RefusedException(new SessionError.StaleRevision(revision));
      }
    }

    @Override
    public void restartSubscribe(ConnectionId connection, boolean renew) {
      offer(connection, renew ? 2 : 1, List.of());
    }

    @Override
    public RoomStatistics statistics() {
      return statistics;
    }

    @Override
    public void remove(ConnectionId connection) {}

    @Override
    public void close() {}
  }
}

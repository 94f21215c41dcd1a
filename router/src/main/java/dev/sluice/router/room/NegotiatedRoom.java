package dev.sluice.router.room;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.router.live.ClosedTransport;
import dev.sluice.router.live.LiveListener;
import dev.sluice.router.live.LiveRoom;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.live.TransportSide;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerUnavailableException;
import dev.sluice.transport.negotiation.NegotiationException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room whose negotiations are done on the caller's thread and whose media is on a worker. The
 * caller's calls come one at a time; what follows from the end of a transport comes between them,
 * on a thread of the room's own.
 */
public final class NegotiatedRoom implements Room {
  private static final Logger LOG = LoggerFactory.getLogger(NegotiatedRoom.class);

  private final LiveRoom live;
  private final RoomNegotiations negotiations;
  private final Consumer<? super NegotiatedRoom> onClose;
  private final Lock lock = new ReentrantLock();
  private boolean closed;

  private NegotiatedRoom(
      Worker worker,
      RoomListener listener,
      NegotiationSettings settings,
      Executor own,
      String name,
      Consumer<? super NegotiatedRoom> onClose) {
    this.onClose = onClose;
    LiveListener told =
        new LiveListener() {
          @Override
          public void onTransportClosed(ClosedTransport transport) {
            listener.onTransportClosed(transport.peer(), transport.side(), transport.reason());
            if (transport.side() == TransportSide.SUBSCRIBE) {
              own.execute(() -> replace(transport));
            }
          }

          @Override
          public void onStreamInterrupted(String streamId) {
            listener.onStreamInterrupted(streamId);
          }

          @Override
          public void onStreamRestored(String streamId) {
            listener.onStreamRestored(streamId);
          }

          @Override
          public void onVideoQuality(String peer, String subscriptionId, VideoQuality quality) {
            listener.onVideoQuality(peer, subscriptionId, quality);
          }

          @Override
          public void onActiveSpeaker(String streamId) {
            listener.onActiveSpeaker(streamId);
          }

          @Override
          public void onWantedLayers(String publisher, String streamId, List<String> rids) {
            listener.onWantedLayers(publisher, streamId, rids);
          }
        };
    live =
        RoomNegotiations.call(
            worker,
            () -> LiveRoom.open(name, worker, told, settings.adaptation(), settings.random()));
    negotiations = new RoomNegotiations(worker, live, listener, settings);
  }

  /**
   * Opens an empty room on a worker. Blocks as every call of {@link Room} does.
   *
   * @param name for snapshots
   * @param own runs what the room has to do of itself, soon and on another thread than the worker's
   * @param onClose told once when the room is closed
   */
  public static NegotiatedRoom open(
      String name,
      Worker worker,
      RoomListener listener,
      NegotiationSettings settings,
      Executor own,
      Consumer<? super NegotiatedRoom> onClose) {
    return new NegotiatedRoom(worker, listener, settings, own, name, onClose);
  }

  private void replace(ClosedTransport transport) {
    lock.lock();
    try {
      if (!closed) {
        negotiations.onSubscribeTransportClosed(transport);
      }
    } catch (WorkerUnavailableException e) {
      LOG.warn("the subscribe transport of {} cannot be replaced", transport.peer(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String publish(String peer, String sdp, List<OfferedTrack> tracks)
      throws NegotiationException {
    lock.lock();
    try {
      return negotiations.publish(peer, sdp, tracks);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unpublish(String peer, String streamId) {
    locked(() -> negotiations.unpublish(peer, streamId));
  }

  @Override
  public void subscribe(String peer, String subscriptionId, String streamId, MediaChoice choice) {
    locked(() -> negotiations.subscribe(peer, subscriptionId, streamId, choice));
  }

  @Override
  public void updateSubscription(String peer, String subscriptionId, MediaChoice choice) {
    locked(() -> negotiations.updateSubscription(peer, subscriptionId, choice));
  }

  @Override
  public void unsubscribe(String peer, String subscriptionId) {
    locked(() -> negotiations.unsubscribe(peer, subscriptionId));
  }

  @Override
  public void answer(String peer, int revision, String sdp) throws NegotiationException {
    lock.lock();
    try {
      negotiations.answer(peer, revision, sdp);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void restartSubscribe(String peer, boolean renew) {
    locked(() -> negotiations.restartSubscribe(peer, renew));
  }

  @Override
  public RoomSnapshot snapshot() {
    return negotiations.snapshot();
  }

  /** As {@link #snapshot}, for a caller that is on the worker's thread. */
  public RoomSnapshot read() {
    return live.snapshot();
  }

  @Override
  public void remove(String peer) {
    locked(() -> negotiations.remove(peer));
  }

  @Override
  public void close() {
    locked(
        () -> {
          if (!closed) {
            closed = true;
            onClose.accept(this);
            negotiations.close();
          }
        });
  }

  private void locked(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "NegotiatedRoom[%s]".formatted(negotiations);
  }
}

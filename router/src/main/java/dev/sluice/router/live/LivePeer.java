package dev.sluice.router.live;

import dev.sluice.router.live.RoomSnapshot.TransportSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer's two transports; each is there once the peer publishes or subscribes. While a new
 * PeerConnection to publish on is negotiated, its transport waits beside the one in use.
 */
final class LivePeer {
  private @Nullable PublishTransport publish;
  private @Nullable PublishTransport nextPublish;
  private @Nullable SubscribeTransport subscribe;

  @Nullable PublishTransport publish() {
    return publish;
  }

  /** The transport of this generation, which is the one in use from now on; null if it has gone. */
  @Nullable PublishTransport publish(long generation) {
    if (nextPublish != null && nextPublish.endpoint().generation() == generation) {
      publish = nextPublish;
      nextPublish = null;
    }
    return publish != null && publish.endpoint().generation() == generation ? publish : null;
  }

  void nextPublish(PublishTransport transport) {
    discardNextPublish();
    nextPublish = transport;
  }

  void discardNextPublish() {
    if (nextPublish != null) {
      nextPublish.close();
      nextPublish = null;
    }
  }

  @Nullable SubscribeTransport subscribe() {
    return subscribe;
  }

  /** Takes another transport to subscribe on; the one before, if any, ends. */
  void subscribe(SubscribeTransport transport) {
    if (subscribe != null) {
      subscribe.close();
    }
    subscribe = transport;
  }

  /** Adds what its transports have carried. */
  void appendTo(List<TransportSnapshot> snapshots, long nowNanos) {
    if (publish != null) {
      snapshots.add(publish.snapshot(nowNanos));
    }
    if (subscribe != null) {
      snapshots.add(subscribe.snapshot(nowNanos));
    }
  }

  void onTick(long nowNanos) {
    if (publish != null) {
      publish.onTick(nowNanos);
    }
    if (subscribe != null) {
      subscribe.onTick(nowNanos);
    }
  }

  /** Returns the streams that end with it. */
  List<String> close() {
    List<String> streamIds = List.of();
    if (publish != null) {
      streamIds = publish.streamIds();
      publish.close();
    }
    discardNextPublish();
    if (subscribe != null) {
      subscribe.close();
    }
    return streamIds;
  }
}

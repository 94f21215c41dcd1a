package dev.sluice.router.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer's two transports; each is there once the peer publishes or subscribes. */
final class LivePeer {
  private @Nullable PublishTransport publish;
  private @Nullable SubscribeTransport subscribe;

  @Nullable PublishTransport publish() {
    return publish;
  }

  void publish(PublishTransport transport) {
    publish = transport;
  }

  @Nullable SubscribeTransport subscribe() {
    return subscribe;
  }

  void subscribe(SubscribeTransport transport) {
    subscribe = transport;
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
    if (subscribe != null) {
      subscribe.close();
    }
    return streamIds;
  }
}

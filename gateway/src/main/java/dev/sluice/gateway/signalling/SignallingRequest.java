package dev.sluice.gateway.signalling;

import dev.sluice.session.ConnectionId;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.StreamDescription;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.StreamUpdate;
import dev.sluice.session.live.SubscriptionUpdate;
import dev.sluice.session.live.SubscriptionWish;
import dev.sluice.session.media.PublishOffer;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client asks for; each type is one of the protocol's request types. */
sealed interface SignallingRequest {
  record Connect(SessionId sessionId, String token, String client) implements SignallingRequest {}

  /**
   * @param seq of the last frame that the client has handled
   */
  record Resume(ConnectionId connectionId, String token, long seq) implements SignallingRequest {}

  /** Everything else: it needs a joined session. */
  sealed interface InSession extends SignallingRequest {}

  /**
   * @param seq of the last frame that the client has handled
   */
  record Ping(OptionalLong seq) implements InSession {}

  record Publish(StreamDescription description) implements InSession {}

  record NegotiatePublish(PublishOffer offer) implements InSession {}

  record Unpublish(StreamId streamId) implements InSession {}

  record UpdateStream(StreamId streamId, StreamUpdate update) implements InSession {}

  record Subscribe(StreamId streamId, SubscriptionWish wish) implements InSession {}

  record SubscribeAnswer(int revision, String sdp) implements InSession {}

  record UpdateSubscription(SubscriptionId subscriptionId, SubscriptionUpdate update)
      implements InSession {}

  record RestartSubscribe(boolean renew) implements InSession {}

  record Unsubscribe(SubscriptionId subscriptionId) implements InSession {}

  record SendSignal(Signal signal, Optional<ConnectionId> to) implements InSession {}

  record Disconnect() implements InSession {}
}

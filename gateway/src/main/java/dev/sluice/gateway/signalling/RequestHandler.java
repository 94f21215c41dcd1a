package dev.sluice.gateway.signalling;

import dev.sluice.session.RefusedException;
import dev.sluice.session.live.Participant;
import tools.jackson.databind.node.ObjectNode;

/** Carries a request out for a participant and writes the reply. */
final class RequestHandler {
  private RequestHandler() {}

  static ObjectNode handle(Participant participant, long id, SignallingRequest.InSession request)
      throws RefusedException {
    ObjectNode reply = Messages.reply(id);
    switch (request) {
      // The conversation looks at what it says of handled frames.
      case SignallingRequest.Ping _ -> {}
      case SignallingRequest.Publish publish ->
          reply.put("streamId", participant.publish(publish.description()).toString());
      case SignallingRequest.NegotiatePublish negotiate ->
          reply.put("sdp", participant.negotiatePublish(negotiate.offer()));
      case SignallingRequest.Unpublish unpublish -> participant.unpublish(unpublish.streamId());
      case SignallingRequest.UpdateStream update ->
          participant.updateStream(update.streamId(), update.update());
      case SignallingRequest.Subscribe subscribe ->
          reply.put(
              "subscriptionId",
              participant.subscribe(subscribe.streamId(), subscribe.choice()).value());
      case SignallingRequest.SubscribeAnswer answer ->
          participant.answerSubscribe(answer.revision(), answer.sdp());
      case SignallingRequest.UpdateSubscription update ->
          participant.updateSubscription(update.subscriptionId(), update.update());
      case SignallingRequest.RestartSubscribe restart ->
          participant.restartSubscribe(restart.renew());
      case SignallingRequest.Unsubscribe unsubscribe ->
          participant.unsubscribe(unsubscribe.subscriptionId());
      case SignallingRequest.SendSignal signal -> participant.signal(signal.signal(), signal.to());
      // The conversation leaves after the reply.
      case SignallingRequest.Disconnect _ -> {}
    }
    return reply;
  }
}

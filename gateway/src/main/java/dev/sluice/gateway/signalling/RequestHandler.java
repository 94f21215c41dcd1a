package dev.sluice.gateway.signalling;

import dev.sluice.session.RefusedException;
import dev.sluice.session.live.MediaFaultException;
import dev.sluice.session.live.Participant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carries a request out for a participant and writes the reply, whatever comes of it. */
final class RequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private RequestHandler() {}

  static ObjectNode answer(Participant participant, long id, SignallingRequest.InSession request) {
    try {
      return handle(participant, id, request);
    } catch (RefusedException e) {
      return Messages.failure(id, SignallingError.of(e.error()));
    } catch (MediaFaultException _) {
      // Logged where it happened.
      return Messages.failure(id, SignallingError.internal());
    } catch (RuntimeException e) {
      LOG.error(
          "A {} of connection {} failed",
          request.getClass().getSimpleName(),
          participant.connection().id(),
          e);
      return Messages.failure(id, SignallingError.internal());
    }
  }

  private static ObjectNode handle(
      Participant participant, long id, SignallingRequest.InSession request)
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
              participant.subscribe(subscribe.streamId(), subscribe.wish()).value());
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

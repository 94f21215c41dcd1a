package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.Signal;
import dev.sluice.session.live.LiveSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signals from the application's server: they have no sender. */
final class SignalResource {
  private final Caller caller;
  private final LiveSessions live;

  SignalResource(Caller caller, LiveSessions live) {
    this.caller = caller;
    this.live = live;
  }

  private record Body(@Nullable String type, @Nullable String data) {}

  HttpAnswer toEveryone(HttpCall call) throws ApiErrorException {
    return send(call, caller.identifyOwner(call), Optional.empty());
  }

  HttpAnswer toOne(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identifyOwner(call);
    ConnectionId connection =
        ConnectionId.parse(call.pathParameter("connectionId"))
            .orElseThrow(
                () ->
                    new ApiErrorException(ApiError.badRequest("The connection id is not a UUID")));
    return send(call, application, Optional.of(connection));
  }

  private HttpAnswer send(HttpCall call, ApplicationId application, Optional<ConnectionId> to)
      throws ApiErrorException {
    Body body = call.jsonBody(Body.class);
    Signal signal = new Signal(Optional.ofNullable(body.type()), Optional.ofNullable(body.data()));
    try {
      live.signal(application, new SessionId(call.pathParameter("sessionId")), signal, to);
    } catch (RefusedException e) {
      throw new ApiErrorException(ApiError.of(e.error()));
    }
    return HttpAnswer.empty(204);
  }
}

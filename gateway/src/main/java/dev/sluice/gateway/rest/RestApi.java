package dev.sluice.gateway.rest;

import dev.sluice.gateway.auth.RestTokens;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.registry.Sessions;
import java.util.List;

/** The routes of the REST API. */
public final class RestApi {
  private static final String SESSION = "/v2/project/{applicationId}/session/{sessionId}";

  private RestApi() {}

  public static List<HttpRoute> routes(RestTokens tokens, Sessions sessions, LiveSessions live) {
    Caller caller = new Caller(tokens);
    SessionResource session = new SessionResource(caller, sessions);
    StreamResource stream = new StreamResource(caller, live);
    SignalResource signal = new SignalResource(caller, live);
    ConnectionResource connection = new ConnectionResource(caller, live);
    MediaResource media = new MediaResource(caller, live);
    return List.of(
        new HttpRoute(HttpMethod.POST, "/session/create", session::create),
        new HttpRoute(HttpMethod.GET, SESSION + "/stream", stream::list),
        new HttpRoute(HttpMethod.GET, SESSION + "/stream/{streamId}", stream::get),
        new HttpRoute(HttpMethod.GET, SESSION + "/connection", connection::list),
        new HttpRoute(HttpMethod.GET, "/v1/sessions/{sessionId}/media", media::get),
        new HttpRoute(HttpMethod.POST, SESSION + "/signal", signal::toEveryone),
        new HttpRoute(
            HttpMethod.POST, SESSION + "/connection/{connectionId}/signal", signal::toOne));
  }
}

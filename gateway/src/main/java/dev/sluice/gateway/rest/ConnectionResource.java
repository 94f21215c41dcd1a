package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.Connection;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.live.LiveSessions;
import java.util.List;

/** Who is in a session. */
final class ConnectionResource {
  private final Caller caller;
  private final LiveSessions live;

  ConnectionResource(Caller caller, LiveSessions live) {
    this.caller = caller;
    this.live = live;
  }

  /**
   * A connection that waits for its client to come back is connected too: its media go on.
   *
   * @param createdAt epoch milliseconds
   */
  private record Item(String connectionId, String connectionState, long createdAt) {
    static Item of(Connection connection) {
      return new Item(
          connection.id().toString(), "Connected", connection.createdAt().toEpochMilli());
    }
  }

  /** The application under both names that SDKs read. */
  private record Items(
      int count, String applicationId, String projectId, String sessionId, List<Item> items) {}

  /** Oldest first. */
  HttpAnswer list(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identifyOwner(call);
    SessionId session = new SessionId(call.pathParameter("sessionId"));
    try {
      List<Item> items = live.connections(application, session).stream().map(Item::of).toList();
      String id = application.toString();
      return HttpAnswer.json(200, new Items(items.size(), id, id, session.value(), items));
    } catch (RefusedException e) {
      throw new ApiErrorException(ApiError.of(e.error()));
    }
  }
}

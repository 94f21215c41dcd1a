package dev.sluice.server.dev;

import dev.sluice.gateway.auth.ClientTokenMinter;
import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.session.ClientToken;
import dev.sluice.session.Role;
import dev.sluice.session.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the meeting page asks for: a new meeting, and a token for one. This is the part that an
 * application's own server plays elsewhere; whoever reaches it may join, so only {@code dev} has
 * it.
 */
final class MeetingRoutes {
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
  private static final int MAX_NAME_LENGTH = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DemoApplication application;
  private final Meetings meetings;
  private final ClientTokenMinter minter;
  private final InstantSource clock;

  MeetingRoutes(
      DemoApplication application,
      Meetings meetings,
      ClientTokenMinter minter,
      InstantSource clock) {
    this.application = application;
    this.meetings = meetings;
    this.minter = minter;
    this.clock = clock;
  }

  List<HttpRoute> routes() {
    return List.of(
        new HttpRoute(HttpMethod.POST, "/meet/api/meetings", _ -> start()),
        new HttpRoute(HttpMethod.GET, "/meet/api/meetings/{meeting}", this::find),
        new HttpRoute(HttpMethod.POST, "/meet/api/meetings/{meeting}/tokens", this::token));
  }

  private HttpAnswer start() throws ApiErrorException {
    try {
      return HttpAnswer.json(201, Map.of("meetingId", meetings.start()));
    } catch (IOException e) {
      throw new ApiErrorException(
          ApiError.of(503, "The meeting cannot be kept: the data directory cannot be written"));
    }
  }

  private HttpAnswer find(HttpCall call) throws ApiErrorException {
    requireMeeting(call);
    return HttpAnswer.json(200, Map.of("meetingId", call.pathParameter("meeting")));
  }

  private SessionId requireMeeting(HttpCall call) throws ApiErrorException {
    return meetings
        .find(call.pathParameter("meeting"))
        .orElseThrow(() -> new ApiErrorException(ApiError.notFound("No such meeting")));
  }

  private HttpAnswer token(HttpCall call) throws ApiErrorException {
    SessionId session = requireMeeting(call);
    String name = Optional.ofNullable(call.jsonBody(Joining.class).name()).orElse("").strip();
    if (name.length() > MAX_NAME_LENGTH) {
      throw new ApiErrorException(
          ApiError.badRequest("A name has at most %d characters".formatted(MAX_NAME_LENGTH)));
    }
    ClientToken token =
        new ClientToken(
            application.id(),
            session,
            Role.PUBLISHER,
            JSON.writeValueAsString(Map.of("name", name)),
            List.of(),
            clock.instant().plus(TOKEN_LIFETIME));
    return HttpAnswer.json(
        200,
        Map.of(
            "applicationId",
            application.id().toString(),
            "sessionId",
            session.toString(),
            "token",
            minter.mint(token)));
  }

  /** The body of a request for a token. */
  private record Joining(@Nullable String name) {}
}

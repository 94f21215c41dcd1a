package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.Stream;
import dev.sluice.session.StreamId;
import dev.sluice.session.VideoType;
import dev.sluice.session.live.LiveSessions;
import java.util.List;
import java.util.Optional;

/** What is published in a session. */
final class StreamResource {
  private final Caller caller;
  private final LiveSessions live;

  StreamResource(Caller caller, LiveSessions live) {
    this.caller = caller;
    this.live = live;
  }

  private record Item(
      String id, Optional<String> videoType, String name, List<String> layoutClassList) {
    static Item of(Stream stream) {
      return new Item(
          stream.id().toString(),
          stream.description().videoType().map(VideoType::wireName),
          stream.description().name(),
          stream.layoutClasses());
    }
  }

  /** {@code count} is the number of all streams: SDKs page by it. */
  private record Items(int count, List<Item> items) {}

  HttpAnswer list(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identifyOwner(call);
    try {
      List<Item> items = live.streams(application, session(call)).stream().map(Item::of).toList();
      return HttpAnswer.json(200, new Items(items.size(), items));
    } catch (RefusedException e) {
      throw new ApiErrorException(ApiError.of(e.error()));
    }
  }

  HttpAnswer get(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identifyOwner(call);
    StreamId stream =
        StreamId.parse(call.pathParameter("streamId"))
            .orElseThrow(
                () -> new ApiErrorException(ApiError.badRequest("The stream id is not a UUID")));
    try {
      return HttpAnswer.json(200, Item.of(live.stream(application, session(call), stream)));
    } catch (RefusedException e) {
      throw new ApiErrorException(ApiError.of(e.error()));
    }
  }

  private static SessionId session(HttpCall call) {
    return new SessionId(call.pathParameter("sessionId"));
  }
}

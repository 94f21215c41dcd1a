package dev.sluice.gateway.rest;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpCall;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.RefusedException;
import dev.sluice.session.SessionId;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.SessionMedia;
import dev.sluice.session.media.RoomStatistics.AdaptationStatistics;
import dev.sluice.session.media.RoomStatistics.LayerStatistics;
import dev.sluice.session.media.RoomStatistics.TrackStatistics;
import dev.sluice.session.media.RoomStatistics.Traffic;
import dev.sluice.session.media.RoomStatistics.TransportStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the media of a session have carried so far, for the person who looks for a fault. */
final class MediaResource {
  private final Caller caller;
  private final LiveSessions live;

  MediaResource(Caller caller, LiveSessions live) {
    this.caller = caller;
    this.live = live;
  }

  private record Answer(String sessionId, List<Transport> transports) {}

  private record Transport(
      String connectionId,
      String side,
      String state,
      Optional<String> path,
      Traffic received,
      Traffic sent,
      Map<String, Long> dropped,
      Optional<Adaptation> adaptation,
      List<Track> tracks) {
    static Transport of(TransportStatistics transport, Function<StreamId, Optional<String>> names) {
      return new Transport(
          transport.connection().toString(),
          transport.side().name().toLowerCase(Locale.ROOT),
          transport.state(),
          transport.path(),
          transport.received(),
          transport.sent(),
          transport.dropped(),
          transport.adaptation().map(Adaptation::of),
          transport.tracks().stream().map(track -> Track.of(track, names)).toList());
    }
  }

  private record Adaptation(
      long estimateBps,
      String reason,
      String usage,
      double loss,
      long networkDelayMs,
      long sendingBps,
      long pacerDelayMs,
      long videosSwitchedOff,
      long probes) {
    static Adaptation of(AdaptationStatistics adaptation) {
      return new Adaptation(
          adaptation.estimateBps(),
          adaptation.reason(),
          adaptation.usage(),
          adaptation.loss(),
          TimeUnit.NANOSECONDS.toMillis(adaptation.networkDelayNanos()),
          adaptation.sendingBps(),
          TimeUnit.NANOSECONDS.toMillis(adaptation.pacerDelayNanos()),
          adaptation.videosSwitchedOff(),
          adaptation.probes());
    }
  }

  /**
   * @param streamName absent for a stream that has just ended
   */
  private record Track(
      String streamId,
      Optional<String> streamName,
      Optional<String> subscriptionId,
      String kind,
      String codec,
      long packets,
      long bytes,
      long lost,
      long retransmitted,
      long nacks,
      long keyframeRequests,
      Map<String, Long> dropped,
      Optional<String> quality,
      List<LayerStatistics> layers) {
    static Track of(TrackStatistics track, Function<StreamId, Optional<String>> names) {
      return new Track(
          track.stream().toString(),
          names.apply(track.stream()),
          track.subscription().map(SubscriptionId::value),
          track.kind().name().toLowerCase(Locale.ROOT),
          track.codec(),
          track.traffic().packets(),
          track.traffic().bytes(),
          track.lost(),
          track.retransmitted(),
          track.nacks(),
          track.keyframeRequests(),
          track.dropped(),
          track.quality().map(quality -> quality.name().toLowerCase(Locale.ROOT)),
          track.layers());
    }
  }

  HttpAnswer get(HttpCall call) throws ApiErrorException {
    ApplicationId application = caller.identify(call);
    SessionId session = new SessionId(call.pathParameter("sessionId"));
    try {
      SessionMedia media = live.media(application, session);
      Map<StreamId, String> names =
          media.streams().stream()
              .collect(
                  Collectors.toMap(stream -> stream.id(), stream -> stream.description().name()));
      return HttpAnswer.json(
          200,
          new Answer(
              session.value(),
              media.statistics().transports().stream()
                  .map(each -> Transport.of(each, id -> Optional.ofNullable(names.get(id))))
                  .toList()));
    } catch (RefusedException e) {
      throw new ApiErrorException(ApiError.of(e.error()));
    }
  }
}

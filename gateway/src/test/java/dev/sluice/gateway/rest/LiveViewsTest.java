package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.ConnectionId;
import dev.sluice.session.Session;
import dev.sluice.session.StreamId;
import dev.sluice.session.SubscriptionId;
import dev.sluice.session.media.MediaKind;
import dev.sluice.session.media.RoomStatistics;
import dev.sluice.session.media.RoomStatistics.AdaptationStatistics;
import dev.sluice.session.media.RoomStatistics.LayerStatistics;
import dev.sluice.session.media.RoomStatistics.TrackStatistics;
import dev.sluice.session.media.RoomStatistics.Traffic;
import dev.sluice.session.media.RoomStatistics.TransportStatistics;
import dev.sluice.session.media.TransportSide;
import dev.sluice.session.media.VideoQuality;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is in a session, and what its media carry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveViewsTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();
  private final String connections =
      "/v2/project/" + gateway.tenant().id() + "/session/" + session.id() + "/connection";
  private final String media = "/v1/sessions/" + session.id() + "/media";

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void connections_are_listed_oldest_first_and_while_their_client_is_away() {
    Session busy = gateway.newSession();
    String path = connections.replace(session.id().value(), busy.id().value());
    try (SignallingClient first = gateway.open();
        SignallingClient second = gateway.open()) {
      JsonNode one =
          first.connect(busy.id().value(), gateway.token(busy, "publisher")).get("connection");
      JsonNode two =
          second.connect(busy.id().value(), gateway.token(busy, "subscriber")).get("connection");
      first.abort();

      JsonNode answer = get(gateway.authorized(path));

      assertThat(answer.get("count").intValue()).isEqualTo(2);
      assertThat(answer.get("applicationId").stringValue()).isEqualTo(gateway.tenant().id());
      assertThat(answer.get("projectId").stringValue()).isEqualTo(gateway.tenant().id());
      assertThat(answer.get("sessionId").stringValue()).isEqualTo(busy.id().value());
      assertThat(answer.at("/items/0").toString())
          .isEqualTo(
              "{\"connectionId\":\"%s\",\"connectionState\":\"Connected\",\"createdAt\":%d}"
                  .formatted(one.get("id").stringValue(), one.get("createdAt").longValue()));
      assertThat(answer.at("/items/1/connectionId")).isEqualTo(two.get("id"));
    }
  }

  @Test
  void a_session_that_nobody_is_in_has_no_connections_and_no_transports() {
    JsonNode none = get(gateway.authorized(connections));
    assertThat(none.get("count").intValue()).isZero();
    assertThat(none.get("items").size()).isZero();
    assertThat(get(gateway.authorized(media)).toString())
        .isEqualTo("{\"sessionId\":\"%s\",\"transports\":[]}".formatted(session.id()));
  }

  @Test
  void a_get_with_a_body_as_the_dotnet_sdk_sends_it_is_answered() {
    HttpRequest.Builder request =
        gateway
            .authorized(connections)
            .header("Content-Type", "application/json")
            .method("GET", BodyPublishers.ofString("{\"some\":\"thing\"}"));
    assertThat(gateway.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void the_media_of_a_session_are_told_with_the_names_of_its_streams() {
    Session busy = gateway.newSession();
    try (SignallingClient publisher = gateway.open()) {
      String connection =
          publisher
              .connect(busy.id().value(), gateway.token(busy, "publisher"))
              .at("/connection/id")
              .stringValue();
      String stream =
          publisher
              .ask("publish", Map.of("name", "Ada", "hasAudio", false, "hasVideo", true))
              .get("streamId")
              .stringValue();
      publisher.ask(
          "publishOffer",
          Map.of("sdp", "sdp", "tracks", List.of(Map.of("mid", "0", "streamId", stream))));
      gateway.media().carried(statistics(connection, stream));

      JsonNode answer = get(gateway.authorized("/v1/sessions/" + busy.id() + "/media"));

      JsonNode transport = answer.at("/transports/0");
      assertThat(transport.get("connectionId").stringValue()).isEqualTo(connection);
      assertThat(transport.get("side").stringValue()).isEqualTo("publish");
      assertThat(transport.get("state").stringValue()).isEqualTo("connected");
      assertThat(transport.get("path").stringValue()).isEqualTo("192.0.2.7:4711");
      assertThat(transport.get("received").toString()).isEqualTo("{\"packets\":10,\"bytes\":9000}");
      assertThat(transport.get("sent").toString()).isEqualTo("{\"packets\":2,\"bytes\":150}");
      assertThat(transport.at("/dropped/badSrtp").longValue()).isEqualTo(3);
      assertThat(transport.at("/tracks/0").toString())
          .isEqualTo(
              ("{\"streamId\":\"%s\",\"streamName\":\"Ada\",\"kind\":\"video\",\"codec\":\"VP8\","
                      + "\"packets\":9,\"bytes\":8000,\"lost\":1,\"retransmitted\":2,\"nacks\":3,"
                      + "\"keyframeRequests\":4,\"dropped\":{},\"layers\":[{\"rid\":\"h\","
                      + "\"width\":640,\"height\":360,\"bitrateBps\":500000}]}")
                  .formatted(stream));
      assertThat(transport.has("adaptation")).isFalse();
      JsonNode subscribed = answer.at("/transports/1");
      assertThat(subscribed.get("adaptation").toString())
          .isEqualTo(
              "{\"estimateBps\":90000,\"reason\":\"delay\",\"usage\":\"congested\",\"loss\":0.125,"
                  + "\"networkDelayMs\":420,\"sendingBps\":88000,\"pacerDelayMs\":7,"
                  + "\"videosSwitchedOff\":2,\"probes\":5}");
      assertThat(subscribed.at("/tracks/0/subscriptionId").stringValue()).isEqualTo("s1");
      assertThat(subscribed.at("/tracks/0/quality").stringValue()).isEqualTo("off");
      assertThat(subscribed.at("/tracks/0").has("streamName")).isFalse();
    } finally {
      gateway.media().carried(new RoomStatistics(List.of()));
    }
  }

  @Test
  void another_applications_session_shows_nothing() {
    Tenant stranger = Tenant.create();
    gateway.applications().save(stranger.application());
    String token = "Bearer " + stranger.restToken(Instant.now());
    for (String path : List.of(media, connections.replace(gateway.tenant().id(), stranger.id()))) {
      assertThat(gateway.send(gateway.request(path).header("Authorization", token)).statusCode())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(gateway.send(gateway.request(media)).statusCode()).isEqualTo(403);
    String clientToken = "Bearer " + gateway.token(session, "moderator");
    assertThat(
            gateway.send(gateway.request(media).header("Authorization", clientToken)).statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_store_that_is_away_is_a_503_and_those_who_are_in_stay_in() {
    Session running = gateway.newSession();
    try (SignallingClient member = gateway.join(running, "publisher");
        SignallingClient late = gateway.open()) {
      gateway.repository().goAway();
      HttpResponse<String> answer = gateway.send(gateway.authorized(media));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("retry-after")).contains("5");
      assertThat(answer.body())
          .contains("\"code\":503")
          .containsPattern("logged there as [0-9a-f-]{36}")
          .doesNotContain("secret internals");

      JsonNode refused = late.connect(running.id().value(), gateway.token(running, "publisher"));
      assertThat(refused.at("/error/code").stringValue()).isEqualTo("internal");
      assertThat(late.closeCode()).isEqualTo(1011);
      assertThat(member.ask("signal", Map.of("data", "still here")).has("error")).isFalse();
      member.event("signal");

      gateway.repository().comeBack();
      assertThat(gateway.send(gateway.authorized(media)).statusCode()).isEqualTo(200);
    } finally {
      gateway.repository().comeBack();
    }
  }

  private static RoomStatistics statistics(String connection, String stream) {
    TrackStatistics published =
        new TrackStatistics(
            StreamId.parse(stream).orElseThrow(),
            Optional.empty(),
            MediaKind.VIDEO,
            "VP8",
            new Traffic(9, 8000),
            1,
            2,
            3,
            4,
            Map.of(),
            Optional.empty(),
            List.of(new LayerStatistics("h", 640, 360, 500_000)));
    TrackStatistics ofAnEndedStream =
        new TrackStatistics(
            new StreamId(new UUID(9, 9)),
            Optional.of(new SubscriptionId("s1")),
            MediaKind.VIDEO,
            "VP8",
            new Traffic(0, 0),
            0,
            0,
            0,
            0,
            Map.of(),
            Optional.of(VideoQuality.OFF),
            List.of());
    return new RoomStatistics(
        List.of(
            new TransportStatistics(
                ConnectionId.parse(connection).orElseThrow(),
                TransportSide.PUBLISH,
                "connected",
                Optional.of("192.0.2.7:4711"),
                new Traffic(10, 9000),
                new Traffic(2, 150),
                Map.of("badSrtp", 3L),
                Optional.empty(),
                List.of(published)),
            new TransportStatistics(
                ConnectionId.parse(connection).orElseThrow(),
                TransportSide.SUBSCRIBE,
                "connected",
                Optional.empty(),
                new Traffic(0, 0),
                new Traffic(0, 0),
                Map.of(),
                Optional.of(
                    new AdaptationStatistics(
                        90_000, "delay", "congested", 0.125, 420_000_000, 88_000, 7_000_000, 2, 5)),
                List.of(ofAnEndedStream))));
  }

  private JsonNode get(HttpRequest.Builder request) {
    HttpResponse<String> answer = gateway.send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }
}

package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as the official server SDKs sent them, header by header; the resource holds one per
 * line.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordedRequestsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();
  private final SignallingClient publisher = gateway.open();
  private final String connectionId;
  private final String streamId;

  RecordedRequestsTest() {
    connectionId =
        publisher
            .connect(session.id().value(), gateway.token(session, "publisher"))
            .get("connection")
            .get("id")
            .stringValue();
    streamId =
        publisher
            .ask("publish", Map.of("hasAudio", true, "hasVideo", true, "videoType", "camera"))
            .get("streamId")
            .stringValue();
    publisher.ask(
        "publishOffer",
        Map.of("sdp", "v=0", "tracks", List.of(Map.of("mid", "0", "streamId", streamId))));
  }

  @AfterAll
  void stop() {
    publisher.close();
    gateway.close();
  }

  static List<JsonNode> recorded() {
    try (InputStream in =
        Objects.requireNonNull(
            RecordedRequestsTest.class.getResourceAsStream("/recorded-requests.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void a_recorded_request_gets_what_its_sdk_can_digest(JsonNode recorded) {
    String path = recorded.get("path").stringValue();
    String body = recorded.get("body").stringValue();

    RawHttp.Answer answer = RawHttp.exchange(gateway.port(), request(recorded));

    if (path.endsWith("/signal")) {
      assertThat(answer.status()).isEqualTo(204);
      assertThat(publisher.event("signal").get("data").stringValue()).isEqualTo("hi");
      return;
    }
    assertThat(answer.header("content-type")).contains("application/json");
    if (body.contains("enabled&e2ee=true")) {
      // The SDK does not check what only a routed session can have.
      assertThat(answer.status()).isEqualTo(400);
      return;
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    if (path.endsWith("/stream")) {
      assertThat(json.get("count").intValue()).isEqualTo(1);
      assertThat(json.get("items").get(0).get("id").stringValue()).isEqualTo(streamId);
    } else if (path.endsWith("/{streamId}")) {
      assertThat(json.toString())
          .isEqualTo(
              "{\"id\":\"%s\",\"videoType\":\"camera\",\"name\":\"\",\"layoutClassList\":[]}"
                  .formatted(streamId));
    } else {
      assertThat(json.isArray() && json.size() == 1).isTrue();
      assertThat(json.get(0).get("session_id").stringValue())
          .startsWith(body.contains("enabled") || body.contains("relayed") ? "1_" : "2_");
    }
  }

  private String request(JsonNode recorded) {
    StringBuilder text =
        new StringBuilder(recorded.get("method").stringValue())
            .append(' ')
            .append(recorded.get("path").stringValue())
            .append(" HTTP/1.1\r\n");
    recorded.get("headers").forEach(header -> text.append(header.stringValue()).append("\r\n"));
    return text.append("\r\n")
        .append(recorded.get("body").stringValue())
        .toString()
        .replace("{host}", "127.0.0.1:" + gateway.port())
        .replace("{token}", gateway.tenant().restToken(Instant.now()))
        .replace("{applicationId}", gateway.tenant().id())
        .replace("{sessionId}", session.id().value())
        .replace("{streamId}", streamId)
        .replace("{connectionId}", connectionId);
  }
}

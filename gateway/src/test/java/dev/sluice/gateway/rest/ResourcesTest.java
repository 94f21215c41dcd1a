package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.Session;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams, signals and what all paths have in common. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResourcesTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();
  private final String base =
      "/v2/project/" + gateway.tenant().id() + "/session/" + session.id() + "/";

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void a_session_that_nobody_is_in_has_no_streams() {
    HttpResponse<String> answer = gateway.send(gateway.authorized(base + "stream"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"count\":0,\"items\":[]}");
  }

  @Test
  void a_stream_that_is_not_there_is_not_found() {
    expectError(gateway.authorized(base + "stream/" + UUID.randomUUID()), 404, 404);
    expectError(gateway.authorized(base + "stream/1234"), 400, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2_unknown", "x", "%20", "..."})
  void an_unknown_session_is_not_found(String id) {
    String path = "/v2/project/" + gateway.tenant().id() + "/session/" + id;
    expectError(gateway.authorized(path + "/stream"), 404, 404);
    expectError(signal(path + "/signal", "{\"type\":\"a\",\"data\":\"b\"}"), 404, 404);
  }

  @Test
  void another_applications_session_looks_like_none() {
    Tenant stranger = Tenant.create();
    gateway.applications().save(stranger.application());
    HttpRequest.Builder request =
        gateway
            .request("/v2/project/" + stranger.id() + "/session/" + session.id() + "/stream")
            .header("Authorization", "Bearer " + stranger.restToken(Instant.now()));
    expectError(request, 404, 404);
  }

  @Test
  void the_tokens_application_must_be_the_paths() {
    String path = "/v2/project/" + UUID.randomUUID() + "/session/" + session.id() + "/stream";
    JsonNode error = expectError(gateway.authorized(path), 403, 10_002);
    assertThat(error.get("message").stringValue())
        .isEqualTo("Id in the token does not match the id provided in the url");
  }

  @Test
  void a_get_with_a_body_is_answered_and_the_connection_goes_on() {
    String get =
        "GET "
            + base
            + "stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + gateway.tenant().restToken(Instant.now())
            + "\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
            + "{\"some\":\"thing\"}";
    assertThat(RawHttp.exchange(gateway.port(), get).status()).isEqualTo(200);
  }

  @Test
  void a_signal_reaches_one_or_everyone() {
    try (SignallingClient client = gateway.open()) {
      String id =
          client
              .connect(session.id().value(), gateway.token(session, "subscriber"))
              .get("connection")
              .get("id")
              .stringValue();
      assertSent(base + "signal", "{\"type\":\"t\",\"data\":\"d\",\"later\":[]}");
      JsonNode signal = client.event("signal");
      assertThat(signal.get("from").isNull()).isTrue();
      assertThat(signal.get("signalType").stringValue()).isEqualTo("t");
      assertSent(base + "connection/" + id + "/signal", "{\"data\":\"for you\"}");
      assertThat(client.event("signal").get("data").stringValue()).isEqualTo("for you");
    }
  }

  @Test
  void a_signal_that_breaks_a_rule_is_refused() {
    String nobody = base + "connection/" + UUID.randomUUID() + "/signal";
    expectError(signal(nobody, "{\"type\":\"t\",\"data\":\"d\"}"), 404, 404);
    expectError(signal(base + "connection/me/signal", "{}"), 400, 400);
    expectError(signal(base + "signal", "{\"type\":\"not so\"}"), 400, 400);
    expectError(signal(base + "signal", "{\"data\":\"" + "d".repeat(8193) + "\"}"), 413, 413);
    expectError(signal(base + "signal", "d".repeat(70_000)), 413, 413);
    expectError(signal(base + "signal", "not JSON"), 400, 400);
    expectError(signal(base + "signal", "[1]"), 400, 400);
    expectError(signal(base + "signal", "null"), 400, 400);
    expectError(signal(base + "signal", "{\"data\":{}}"), 400, 400);
    expectError(signal(base + "signal", "[".repeat(60_000)), 400, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/v2/project", "/session", "/session/create", "/client/none.js"})
  void an_unknown_path_is_not_found_in_json(String path) {
    expectError(gateway.authorized(path), 404, 404);
    expectError(gateway.authorized(path + "/x").DELETE(), 404, 404);
  }

  @Test
  void what_the_web_server_refuses_by_itself_is_json_too() {
    RawHttp.Answer answer =
        RawHttp.exchange(
            gateway.port(),
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(40_000) + "\r\n\r\n");
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.body()).startsWith("{\"code\":431");
    for (String path : List.of("/..%2f..%2fx", "/%00", "/a%2fb", "/x\u0001")) {
      RawHttp.Answer refused =
          RawHttp.exchange(gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(refused.body()).startsWith("{\"code\":400");
    }
  }

  @Test
  void a_fault_of_ours_is_a_500_that_tells_only_an_id() {
    try (RunningGateway broken = RunningGateway.start()) {
      broken.repository().breakDown();
      HttpResponse<String> answer =
          broken.send(broken.authorized("/session/create").POST(BodyPublishers.noBody()));
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(answer.body())
          .contains("\"code\":500")
          .containsPattern("logged there as [0-9a-f-]{36}")
          .doesNotContain("secret internals")
          .doesNotContain("IllegalState");
    }
  }

  private HttpRequest.Builder signal(String path, String body) {
    return gateway
        .authorized(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private void assertSent(String path, String body) {
    HttpResponse<String> answer = gateway.send(signal(path, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  private JsonNode expectError(HttpRequest.Builder request, int status, int code) {
    HttpResponse<String> answer = gateway.send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().map().getOrDefault("content-type", List.of()))
        .as("content type of %s", Map.of(answer.uri(), answer.body()))
        .containsExactly("application/json");
    JsonNode error = new JsonMapper().readTree(answer.body());
    assertThat(error.get("code").intValue()).isEqualTo(code);
    return error;
  }
}

package dev.sluice.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.Session;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That each path asks for a token; which tokens are good is tested with the tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestAuthenticationTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void without_a_token_every_path_answers_403_with_10001() {
    for (HttpRequest.Builder request : requests()) {
      expectRefused(request, 10_001);
    }
  }

  @Test
  void a_client_token_gets_403_with_10002() {
    String token = gateway.token(session, "moderator");
    for (HttpRequest.Builder request : requests()) {
      expectRefused(request.header("Authorization", "Bearer " + token), 10_002);
    }
  }

  @Test
  void an_expired_token_gets_403_with_10012() {
    String token = gateway.tenant().restToken(Instant.now().minusSeconds(1000));
    for (HttpRequest.Builder request : requests()) {
      expectRefused(request.header("Authorization", "Bearer " + token), 10_012);
    }
  }

  @Test
  void another_applications_token_gets_403_where_the_path_names_the_application() {
    Tenant stranger = Tenant.create();
    gateway.applications().save(stranger.application());
    String token = stranger.restToken(Instant.now());
    for (HttpRequest.Builder request : requests().subList(1, 5)) {
      expectRefused(request.header("Authorization", "Bearer " + token), 10_002);
    }
  }

  private List<HttpRequest.Builder> requests() {
    String base = "/v2/project/" + gateway.tenant().id() + "/session/" + session.id();
    String id = "11111111-2222-3333-4444-555555555555";
    return List.of(
        gateway.request("/session/create").POST(BodyPublishers.noBody()),
        gateway.request(base + "/stream"),
        gateway.request(base + "/stream/" + id),
        gateway.request(base + "/signal").POST(BodyPublishers.ofString("{}")),
        gateway
            .request(base + "/connection/" + id + "/signal")
            .POST(BodyPublishers.ofString("{}")));
  }

  private void expectRefused(HttpRequest.Builder request, int code) {
    HttpResponse<String> answer = gateway.send(request);
    assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(403);
    assertThat(answer.body())
        .as("%s", Map.of("uri", answer.uri()))
        .startsWith("{\"code\":" + code + ",\"message\":\"")
        .contains("\"title\":\"Forbidden\"");
  }
}

package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JoiningTest {
  private final RunningGateway gateway = RunningGateway.start();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void the_reply_to_connect_tells_who_one_is_and_what_one_may() {
    Session session = gateway.newSession();
    Map<String, Object> claims =
        gateway.tenant().clientClaims(session.id().value(), "subscriber", Instant.now());
    claims.put("connection_data", "{\"name\":\"Ada\"}");
    try (SignallingClient client = gateway.open()) {
      JsonNode reply = client.connect(session.id().value(), gateway.tenant().sign(claims));

      assertThat(reply.get("connection").get("id").stringValue()).hasSize(36);
      assertThat(reply.get("connection").get("data").stringValue()).isEqualTo("{\"name\":\"Ada\"}");
      assertThat(reply.get("connection").get("createdAt").longValue()).isPositive();
      assertThat(reply.get("capabilities").toString())
          .isEqualTo(
              "{\"publish\":false,\"subscribe\":true,\"signal\":true,\"forceDisconnect\":false,"
                  + "\"forceUnpublish\":false,\"forceMute\":false}");
      assertThat(reply.get("session").toString())
          .isEqualTo(
              ("{\"id\":\"%s\",\"mediaMode\":\"routed\",\"mediaPath\":\"router\","
                      + "\"videoCodecs\":[\"VP8\",\"VP9\"]}")
                  .formatted(session.id()));
      assertThat(reply.get("connections").size()).isZero();
      assertThat(reply.get("streams").size()).isZero();
      assertThat(reply.at("/resume/token").stringValue()).hasSize(43);
      assertThat(reply.at("/resume/windowMs").intValue()).isEqualTo(30_000);
      assertThat(reply.has("seq")).isFalse();
      assertThat(reply.get("pingIntervalMs").intValue()).isEqualTo(5000);
      assertThat(reply.get("pingTimeoutMs").intValue()).isEqualTo(15_000);
      assertThat(reply.get("limits").toString())
          .isEqualTo(
              "{\"messageBytes\":524288,\"messagesPerSecond\":50,\"signalDataBytes\":8192,"
                  + "\"streamsPerConnection\":2,\"subscriptionsPerConnection\":3}");
    }
  }

  @Test
  void those_who_are_there_and_those_who_come_learn_of_each_other() {
    Session session = gateway.newSession();
    try (SignallingClient first = gateway.open();
        SignallingClient second = gateway.open()) {
      JsonNode firstReply = first.connect(session.id().value(), token(session));
      JsonNode secondReply = second.connect(session.id().value(), token(session));

      assertThat(secondReply.get("connections").size()).isEqualTo(1);
      assertThat(secondReply.get("connections").get(0)).isEqualTo(firstReply.get("connection"));
      assertThat(first.event("connectionCreated").get("connection"))
          .isEqualTo(secondReply.get("connection"));
      second.expectNothing();
    }
  }

  @Test
  void a_socket_closed_with_1000_has_left_by_itself() {
    assertThat(reasonAfter(client -> client.close(1000))).isEqualTo("clientDisconnected");
  }

  @Test
  void a_page_that_goes_away_has_left_by_itself() {
    assertThat(reasonAfter(client -> client.close(1001))).isEqualTo("clientDisconnected");
  }

  @Test
  void a_connection_that_breaks_is_lost_to_the_network() {
    SignallingTimeouts defaults = SignallingTimeouts.DEFAULT;
    SignallingTimeouts hasty =
        new SignallingTimeouts(
            defaults.connect(),
            defaults.pingInterval(),
            defaults.pingTimeout(),
            defaults.close(),
            Duration.ofMillis(100));
    try (RunningGateway other =
        RunningGateway.start(
            new SignallingSettings(SignallingLimits.DEFAULT, hasty, Optional.empty()))) {
      assertThat(reasonAfter(other, SignallingClient::abort)).isEqualTo("networkDisconnected");
    }
  }

  @Test
  void disconnect_is_answered_and_then_the_server_closes_with_1000() {
    Session session = gateway.newSession();
    try (SignallingClient staying = gateway.join(session, "publisher");
        SignallingClient leaving = gateway.join(session, "publisher")) {
      staying.event("connectionCreated");
      assertThat(leaving.ask("disconnect", Map.of()).has("error")).isFalse();
      assertThat(leaving.closeCode()).isEqualTo(1000);
      assertThat(staying.event("connectionDestroyed").get("reason").stringValue())
          .isEqualTo("clientDisconnected");
    }
  }

  @Test
  void a_request_before_connect_is_refused_and_the_socket_stays() {
    Session session = gateway.newSession();
    try (SignallingClient client = gateway.open()) {
      assertThat(client.errorOf("ping", Map.of())).isEqualTo("not_connected");
      assertThat(client.connect(session.id().value(), token(session)).has("error")).isFalse();
    }
  }

  @Test
  void a_second_connect_is_refused_and_the_socket_stays() {
    Session session = gateway.newSession();
    try (SignallingClient client = gateway.join(session, "publisher")) {
      JsonNode again = client.connect(session.id().value(), token(session));
      assertThat(again.get("error").get("code").stringValue()).isEqualTo("already_connected");
      client.expectNothing();
    }
  }

  @Test
  void a_token_for_another_session_is_refused_with_4401() {
    Session session = gateway.newSession();
    Session other = gateway.newSession();
    expectRefused(other.id().value(), token(session), "authentication_failed", 4401);
  }

  @Test
  void a_rest_token_is_refused_with_4401() {
    String token = gateway.tenant().restToken(Instant.now());
    expectRefused(gateway.newSession().id().value(), token, "authentication_failed", 4401);
  }

  @Test
  void a_session_that_does_not_exist_is_refused_with_4404() {
    String token = gateway.tenant().clientToken("2_nowhere", "publisher", Instant.now());
    expectRefused("2_nowhere", token, "session_not_found", 4404);
  }

  @Test
  void a_session_of_another_application_looks_like_none() {
    Tenant stranger = Tenant.create();
    gateway.applications().save(stranger.application());
    String session = gateway.newSession().id().value();
    String token = stranger.clientToken(session, "moderator", Instant.now());
    expectRefused(session, token, "session_not_found", 4404);
  }

  private void expectRefused(String session, String token, String error, int closeCode) {
    try (SignallingClient client = gateway.open()) {
      JsonNode reply = client.connect(session, token);
      assertThat(reply.get("error").get("code").stringValue()).isEqualTo(error);
      assertThat(client.closeCode()).isEqualTo(closeCode);
    }
  }

  private String reasonAfter(Consumer<SignallingClient> end) {
    return reasonAfter(gateway, end);
  }

  private static String reasonAfter(RunningGateway gateway, Consumer<SignallingClient> end) {
    Session session = gateway.newSession();
    try (SignallingClient staying = gateway.join(session, "publisher");
        SignallingClient leaving = gateway.join(session, "publisher")) {
      JsonNode created = staying.event("connectionCreated");
      end.accept(leaving);
      JsonNode destroyed = staying.event("connectionDestroyed");
      assertThat(destroyed.get("connectionId")).isEqualTo(created.get("connection").get("id"));
      return destroyed.get("reason").stringValue();
    }
  }

  private String token(Session session) {
    return gateway.token(session, "publisher");
  }
}

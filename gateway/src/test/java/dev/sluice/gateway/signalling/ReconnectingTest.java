package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client whose socket is lost and that comes back, over real sockets. */
final class ReconnectingTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final Session session = gateway.newSession();
  private final SignallingClient other = gateway.join(session, "publisher");
  private final SignallingClient lost = gateway.open();
  private final JsonNode welcome =
      lost.connect(session.id().value(), gateway.token(session, "publisher"));
  private final String connection = welcome.at("/connection/id").stringValue();
  private final String token = welcome.at("/resume/token").stringValue();

  ReconnectingTest() {
    other.event("connectionCreated");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_client_that_comes_back_has_missed_nothing_and_nobody_was_told() {
    String streamId =
        lost.ask("publish", Map.of("hasAudio", true, "hasVideo", false))
            .get("streamId")
            .stringValue();
    lost.abort();
    other.ask("signal", Map.of("data", "while you were away"));
    assertThat(other.event("signal").get("seq").longValue()).isPositive();

    try (SignallingClient back = gateway.open()) {
      JsonNode reply = back.resume(lost, connection, token, 1);
      assertThat(reply.get("received").longValue()).isEqualTo(2);
      JsonNode signal = back.event("signal");
      assertThat(signal.get("data").stringValue()).isEqualTo("while you were away");
      assertThat(signal.get("seq").longValue()).isEqualTo(2);

      Map<String, ?> offer =
          Map.of("sdp", "sdp", "tracks", List.of(Map.of("mid", "0", "streamId", streamId)));
      assertThat(back.ask("publishOffer", offer).has("error")).isFalse();
      other.event("streamCreated");
      other.expectNothing();
      String large = "a=x\r\n".repeat(50_000);
      assertThat(back.errorOf("subscribeAnswer", Map.of("revision", 3, "sdp", large)))
          .as("a resumed client may send as much as a connected one")
          .isEqualTo("stale_revision");
    }
  }

  @Test
  void a_resume_takes_over_from_an_open_socket() {
    try (SignallingClient back = gateway.open()) {
      assertThat(back.resume(lost, connection, token, 0).has("error")).isFalse();
      assertThat(lost.closeCode()).isEqualTo(4409);
      back.expectNothing();
      other.expectNothing();
    }
  }

  @Test
  void a_replayed_token_is_refused_with_4410() {
    lost.abort();
    try (SignallingClient back = gateway.open();
        SignallingClient thief = gateway.open()) {
      back.resume(lost, connection, token, 0);
      back.expectNothing();
      assertThat(thief.resume(lost, connection, token, 0).at("/error/code").stringValue())
          .isEqualTo("resume_failed");
      assertThat(thief.closeCode()).isEqualTo(4410);
      back.expectNothing();
      other.expectNothing();
    }
  }

  @Test
  void a_connection_that_does_not_exist_is_refused_with_4410() {
    try (SignallingClient back = gateway.open()) {
      String nobody = UUID.randomUUID().toString();
      assertThat(back.resume(lost, nobody, token, 0).at("/error/code").stringValue())
          .isEqualTo("resume_failed");
      assertThat(back.closeCode()).isEqualTo(4410);
    }
  }

  @Test
  void who_left_cannot_resume() {
    lost.ask("disconnect", Map.of());
    assertThat(lost.closeCode()).isEqualTo(1000);
    other.event("connectionDestroyed");
    try (SignallingClient back = gateway.open()) {
      assertThat(back.resume(lost, connection, token, 0).at("/error/code").stringValue())
          .isEqualTo("resume_failed");
    }
  }

  @Test
  void a_client_that_loses_one_socket_after_the_other_goes_on() {
    SignallingClient before = lost;
    String next = token;
    for (int round = 0; round < 20; round++) {
      before.abort();
      SignallingClient back = gateway.open();
      next = back.resume(before, connection, next, 0).at("/resume/token").stringValue();
      before = back;
    }
    before.ask("signal", Map.of("data", "still here"));
    assertThat(other.event("signal").get("from").stringValue()).isEqualTo(connection);
    before.close(1000);
    assertThat(other.event("connectionDestroyed").get("reason").stringValue())
        .isEqualTo("clientDisconnected");
  }

  @Test
  void a_message_too_large_ends_the_connection_at_once() {
    lost.request("subscribeAnswer", Map.of("revision", 3, "sdp", "x".repeat(600_000)));
    assertThat(lost.closeCode()).isEqualTo(1009);
    assertThat(other.event("connectionDestroyed").get("reason").stringValue())
        .isEqualTo("networkDisconnected");
  }

  @Test
  void the_end_of_the_server_ends_absent_connections_too() throws RefusedException {
    lost.abort();
    await().until(() -> gateway.gateway().openSockets() == 1);
    gateway.gateway().close();
    assertThat(other.closeCode()).isEqualTo(1001);
    assertThat(gateway.live().connections(session.applicationId(), session.id())).isEmpty();
  }
}

package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Session;
import dev.sluice.session.Signal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignalsTest {
  private final RunningGateway gateway = RunningGateway.start();

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void a_signal_to_everyone_comes_back_to_its_sender_too() {
    Session session = gateway.newSession();
    try (SignallingClient other = gateway.join(session, "subscriber");
        SignallingClient sender = gateway.open()) {
      JsonNode connection =
          sender.connect(session.id().value(), gateway.token(session, "publisher"));
      other.event("connectionCreated");
      sender.ask("signal", Map.of("signalType", "chat", "data", "hällo"));
      for (SignallingClient each : List.of(sender, other)) {
        JsonNode signal = each.event("signal");
        assertThat(signal.get("signalType").stringValue()).isEqualTo("chat");
        assertThat(signal.get("data").stringValue()).isEqualTo("hällo");
        assertThat(signal.get("from")).isEqualTo(connection.get("connection").get("id"));
      }
    }
  }

  @Test
  void a_signal_to_one_is_for_that_one() {
    Session session = gateway.newSession();
    try (SignallingClient sender = gateway.join(session, "publisher");
        SignallingClient receiver = gateway.join(session, "subscriber");
        SignallingClient other = gateway.join(session, "subscriber")) {
      String to = sender.event("connectionCreated").get("connection").get("id").stringValue();
      sender.event("connectionCreated");
      receiver.event("connectionCreated");
      sender.ask("signal", Map.of("to", to));
      JsonNode signal = receiver.event("signal");
      assertThat(signal.has("signalType")).isFalse();
      assertThat(signal.has("data")).isFalse();
      sender.expectNothing();
      other.expectNothing();
    }
  }

  @Test
  void a_signal_of_the_applications_server_is_from_nobody() throws RefusedException {
    Session session = gateway.newSession();
    try (SignallingClient client = gateway.join(session, "subscriber")) {
      gateway
          .live()
          .signal(
              session.applicationId(),
              session.id(),
              new Signal(Optional.of("news"), Optional.of("d")),
              Optional.empty());
      JsonNode signal = client.event("signal");
      assertThat(signal.get("from").isNull()).isTrue();
      assertThat(signal.get("signalType").stringValue()).isEqualTo("news");
    }
  }

  @Test
  void a_signal_that_breaks_a_limit_is_refused() {
    Session session = gateway.newSession();
    try (SignallingClient client = gateway.join(session, "publisher")) {
      assertThat(client.errorOf("signal", Map.of("signalType", "no spaces")))
          .isEqualTo("signal_invalid_type");
      assertThat(client.errorOf("signal", Map.of("signalType", "t".repeat(129))))
          .isEqualTo("signal_invalid_type");
      assertThat(client.errorOf("signal", Map.of("data", "ä".repeat(4097))))
          .isEqualTo("signal_too_large");
      assertThat(client.errorOf("signal", Map.of("to", UUID.randomUUID().toString())))
          .isEqualTo("connection_not_found");
      client.expectNothing();
    }
  }

  @Test
  void a_signal_at_the_limit_arrives_whole() {
    Session session = gateway.newSession();
    String data = "\u0001ä\"\\".repeat(8192 / 5);
    try (SignallingClient client = gateway.join(session, "publisher")) {
      client.ask("signal", Map.of("signalType", "t".repeat(128), "data", data));
      assertThat(client.event("signal").get("data").stringValue()).isEqualTo(data);
    }
  }
}

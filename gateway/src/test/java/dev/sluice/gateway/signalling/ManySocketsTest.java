package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many sockets there may be, and that many do no harm. */
final class ManySocketsTest {
  private static final String UPGRADE =
      """
      GET /v1/signalling HTTP/1.1\r
      Host: localhost\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Protocol: sluice.v1\r
      \r
      """;

  @Test
  void a_thousand_sockets_that_say_nothing_do_not_keep_anyone_out() {
    SignallingTimeouts timeouts =
        new SignallingTimeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));
    SignallingLimits limits =
        Limits.with(
            some -> {
              some.socketsBeforeConnect = 1100;
              some.perAddress = 1100;
            });
    try (RunningGateway gateway =
        RunningGateway.start(new SignallingSettings(limits, timeouts, Optional.empty()))) {
      List<SignallingClient> silent = openMany(gateway, 1000);
      try (SignallingClient member = gateway.join(gateway.newSession(), "publisher")) {
        member.expectNothing();
        for (SignallingClient each : silent) {
          assertThat(each.closeCode()).isEqualTo(4408);
        }
        member.expectNothing();
        await().until(() -> gateway.gateway().openSockets() == 1);
      }
    }
  }

  @Test
  void a_thousand_connections_are_served_and_all_gone_when_they_leave() {
    try (RunningGateway gateway = RunningGateway.start()) {
      List<SignallingClient> members = new ArrayList<>();
      Session session = gateway.newSession();
      // Sessions of twenty: a thousand in one would be told half a million events.
      for (int i = 0; i < 50; i++) {
        session = gateway.newSession();
        String token = gateway.token(session, "publisher");
        for (int k = 0; k < 20; k++) {
          SignallingClient member = gateway.open();
          assertThat(member.connect(session.id().value(), token).has("error")).isFalse();
          members.add(member);
        }
      }
      for (SignallingClient each : members) {
        assertThat(each.ask("ping", Map.of()).has("error")).isFalse();
      }
      members.forEach(each -> each.close(1000));
      await().until(() -> gateway.gateway().openSockets() == 0);
      try (SignallingClient late = gateway.join(session, "publisher")) {
        late.expectNothing();
      }
    }
  }

  private static List<SignallingClient> openMany(RunningGateway gateway, int count) {
    List<SignallingClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(gateway.open());
    }
    return clients;
  }

  @Test
  void one_address_may_not_take_all_the_places_before_connect() {
    SignallingSettings settings =
        new SignallingSettings(
            Limits.with(some -> some.perAddress = 2), SignallingTimeouts.DEFAULT, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings)) {
      Session session = gateway.newSession();
      try (SignallingClient first = gateway.open();
          SignallingClient second = gateway.open()) {
        await().until(() -> gateway.gateway().openSockets() == 2);
        assertThat(upgradeStatus(gateway)).isEqualTo(503);
        first.connect(session.id().value(), gateway.token(session, "publisher"));
        gateway.open().close(1000);
        second.sendText("nonsense");
        assertThat(second.closeCode()).isEqualTo(4400);
      }
    }
  }

  @Test
  void more_sockets_than_allowed_are_turned_away() {
    SignallingSettings settings =
        new SignallingSettings(
            Limits.with(some -> some.sockets = 1), SignallingTimeouts.DEFAULT, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings);
        SignallingClient member = gateway.join(gateway.newSession(), "publisher")) {
      assertThat(upgradeStatus(gateway)).isEqualTo(503);
      member.expectNothing();
    }
  }

  @Test
  void more_sockets_than_allowed_before_connect_are_turned_away() {
    SignallingLimits limits = Limits.with(some -> some.socketsBeforeConnect = 2);
    SignallingSettings settings =
        new SignallingSettings(limits, SignallingTimeouts.DEFAULT, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings)) {
      Session session = gateway.newSession();
      try (SignallingClient member = gateway.join(session, "publisher");
          SignallingClient first = gateway.open();
          SignallingClient second = gateway.open()) {
        // A client has its 101 a moment before the server counts the socket.
        await().until(() -> gateway.gateway().openSockets() == 3);
        assertThat(upgradeStatus(gateway)).isEqualTo(503);
        second.connect(session.id().value(), gateway.token(session, "publisher"));
        member.event("connectionCreated");
        gateway.open().close();
        first.sendText("nonsense");
        assertThat(first.closeCode()).isEqualTo(4400);
      }
    }
  }

  private static int upgradeStatus(RunningGateway gateway) {
    return RawHttp.exchange(gateway.port(), UPGRADE).status();
  }
}

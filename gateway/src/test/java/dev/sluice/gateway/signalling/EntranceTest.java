package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A socket before it belongs to a connection, with time in the test's hand. */
final class EntranceTest {
  private static final String PING = "{\"id\":9,\"type\":\"ping\"}";

  private final Stage stage = new Stage();
  private final FakePeer peer = new FakePeer();
  private final Entrance entrance = stage.entrance(peer);

  @Test
  void who_does_not_connect_within_the_timeout_is_closed() {
    pass(Duration.ofMillis(9_999));
    assertThat(peer.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
    assertThat(entrance.state()).isEqualTo(new Entrance.State.Ended());
  }

  @Test
  void junk_before_connect_does_not_buy_time() {
    for (int second = 0; second < 9; second++) {
      pass(Duration.ofSeconds(1));
      entrance.onText(PING, stage.nowNanos);
    }
    assertThat(peer.sent).hasSize(9).allMatch(text -> text.contains("not_connected"));
    pass(Duration.ofSeconds(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
  }

  @Test
  void who_floods_before_connect_is_told_and_then_closed() {
    int toldOff =
        stage.settings.limits().messagesAtOnce() + stage.settings.limits().refusedMessages();
    for (int i = 0; i < toldOff; i++) {
      entrance.onText(PING, stage.nowNanos);
    }
    assertThat(peer.sent.getLast()).contains("rate_limited");
    assertThat(peer.closed).isEmpty();
    entrance.onText(PING, stage.nowNanos);
    assertThat(peer.closed).contains(CloseCode.TOO_MANY);
  }

  @Test
  void a_bad_connect_may_be_sent_again() {
    entrance.onText("{\"id\":1,\"type\":\"connect\"}", stage.nowNanos);
    assertThat(peer.take()).singleElement().asString().contains("bad_request");
    connect();
    assertThat(entrance.state()).isInstanceOf(Entrance.State.Joined.class);
  }

  @Test
  void a_full_session_closes_with_4429() throws RefusedException {
    stage.joinQuietly(new ArrayList<>());
    stage.joinQuietly(new ArrayList<>());
    connect();
    assertThat(peer.sent.getLast()).contains("connection_limit");
    assertThat(peer.closed).contains(CloseCode.TOO_MANY);
  }

  @Test
  void a_fault_while_joining_tells_nothing_and_closes_with_1011() {
    stage.repository.breakDown();
    connect();
    assertThat(peer.sent.getLast()).contains("internal").doesNotContain("secret");
    assertThat(peer.closed).contains(CloseCode.INTERNAL);
  }

  @Test
  void an_expired_token_cannot_join_and_one_within_the_leeway_can() {
    Entrance inTime = stage.entrance(new FakePeer());
    inTime.onText(
        stage.connectRequest(stage.clock.instant().minusSeconds(86_400 + 59)), stage.nowNanos);
    assertThat(inTime.state()).isInstanceOf(Entrance.State.Joined.class);
    entrance.onText(
        stage.connectRequest(stage.clock.instant().minusSeconds(86_400 + 61)), stage.nowNanos);
    assertThat(peer.closed).contains(CloseCode.AUTHENTICATION_FAILED);
  }

  @Test
  void a_resume_is_for_another_line_to_answer() {
    UUID connection = UUID.randomUUID();
    entrance.onText(
        "{\"id\":7,\"type\":\"resume\",\"connectionId\":\"%s\",\"token\":\"t\",\"seq\":3}"
            .formatted(connection),
        stage.nowNanos);
    assertThat(entrance.state())
        .isInstanceOfSatisfying(
            Entrance.State.Resuming.class,
            resuming -> {
              assertThat(resuming.id()).isEqualTo(7);
              assertThat(resuming.request().connectionId().value()).isEqualTo(connection);
              assertThat(resuming.request().seq()).isEqualTo(3);
            });
    assertThat(peer.sent).isEmpty();
  }

  private void connect() {
    entrance.onText(stage.connectRequest(stage.clock.instant()), stage.nowNanos);
  }

  private void pass(Duration time) {
    stage.pass(time);
    entrance.onTick(stage.nowNanos);
  }
}

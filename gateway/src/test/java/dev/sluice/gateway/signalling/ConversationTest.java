package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.RefusedException;
import dev.sluice.session.live.LeaveReason;
import dev.sluice.session.live.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection with its socket, with time in the test's hand. */
final class ConversationTest {
  private final Stage stage = new Stage();
  private final FakePeer peer = new FakePeer();
  private final Conversation conversation = stage.join(peer);
  private long lastId = 1;

  @Test
  void the_server_pings_at_its_pace() {
    for (int second = 0; second < 21; second++) {
      pass(Duration.ofSeconds(1));
      conversation.heard(peer, stage.nowNanos);
    }
    assertThat(peer.pings).isEqualTo(4);
    assertThat(peer.closed).isEmpty();
  }

  @Test
  void a_client_that_falls_silent_loses_its_socket_and_after_the_window_its_connection()
      throws RefusedException {
    List<SessionEvent> seen = new ArrayList<>();
    stage.joinQuietly(seen);
    pass(Duration.ofMillis(14_999));
    assertThat(peer.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
    pass(Duration.ofMillis(29_999));
    assertThat(seen).as("nobody is told while it may come back").isEmpty();
    assertThat(conversation.ended()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(conversation.ended()).isTrue();
    assertThat(seen)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.ConnectionDestroyed.class,
            destroyed ->
                assertThat(destroyed.reason()).isEqualTo(LeaveReason.NETWORK_DISCONNECTED));
  }

  @Test
  void the_next_deadline_is_never_passed_unnoticed() {
    for (int step = 0; step < 3; step++) {
      stage.nowNanos = conversation.nextDeadlineNanos();
      conversation.onTick(stage.nowNanos);
    }
    assertThat(peer.pings).isEqualTo(2);
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
    stage.nowNanos = conversation.nextDeadlineNanos();
    conversation.onTick(stage.nowNanos);
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void who_is_in_may_send_more() {
    assertThat(peer.admitted).isTrue();
  }

  @Test
  void every_frame_after_the_reply_to_connect_is_numbered() {
    assertThat(peer.take().getFirst()).doesNotContain("\"seq\"");
    ping(1);
    stage.signal(conversation, "hi");
    send("{\"id\":%d,\"type\":\"teleport\"}");
    assertThat(peer.sent.get(0)).isEqualTo("{\"reply\":2,\"seq\":1}");
    assertThat(peer.sent.get(1)).startsWith("{\"event\":\"signal\"").endsWith("\"seq\":2}");
    assertThat(peer.sent.get(2)).contains("unknown_type").endsWith("\"seq\":3}");
  }

  @Test
  void an_id_that_does_not_grow_is_refused_and_its_request_not_carried_out() {
    ping(1);
    peer.take();
    conversation.onText(peer, "{\"id\":2,\"type\":\"disconnect\"}", stage.nowNanos);
    assertThat(peer.sent).singleElement().asString().contains("bad_request");
    assertThat(conversation.ended()).isFalse();
  }

  @Test
  void a_burst_is_let_through_and_what_exceeds_it_is_refused_but_not_the_socket() {
    peer.take();
    ping(stage.settings.limits().messagesAtOnce());
    assertThat(peer.sent.getLast()).contains("rate_limited");
    assertThat(peer.sent.stream().filter(text -> text.contains("rate_limited")).count())
        .as("the connect has taken one of them")
        .isEqualTo(1);
    pass(Duration.ofSeconds(1));
    peer.take();
    ping(stage.settings.limits().messagesPerSecond());
    assertThat(peer.sent).hasSize(50).noneMatch(text -> text.contains("error"));
    assertThat(peer.closed).isEmpty();
  }

  @Test
  void who_does_not_stop_after_being_refused_is_closed_for_good() {
    ping(stage.settings.limits().messagesAtOnce() - 1 + stage.settings.limits().refusedMessages());
    assertThat(peer.closed).isEmpty();
    ping(1);
    assertThat(peer.closed).contains(CloseCode.TOO_MANY);
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void a_client_that_reads_too_slowly_is_closed_for_good() {
    peer.full = true;
    stage.signal(conversation, "hi");
    assertThat(peer.closed).contains(CloseCode.TOO_SLOW);
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void disconnected_is_the_last_event_and_closes_the_socket() {
    peer.take();
    conversation.onEvent(new SessionEvent.Disconnected(LeaveReason.FORCE_DISCONNECTED));
    stage.signal(conversation, "too late");
    assertThat(peer.sent)
        .containsExactly("{\"event\":\"disconnected\",\"reason\":\"forceDisconnected\",\"seq\":1}");
    assertThat(peer.closed).contains(CloseCode.NORMAL);
  }

  private void ping(int times) {
    for (int i = 0; i < times; i++) {
      send("{\"id\":%d,\"type\":\"ping\"}");
    }
  }

  private void send(String template) {
    lastId++;
    conversation.onText(peer, template.formatted(lastId), stage.nowNanos);
  }

  private void pass(Duration time) {
    stage.pass(time);
    conversation.onTick(stage.nowNanos);
  }
}

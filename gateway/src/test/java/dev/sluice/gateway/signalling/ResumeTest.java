package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.RefusedException;
import dev.sluice.session.live.LeaveReason;
import dev.sluice.session.live.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection that loses its socket and goes on with another, with time in the test's hand. */
final class ResumeTest {
  private static final int LOST = 1006;
  private static final JsonMapper JSON = new JsonMapper();

  private Stage stage = new Stage();
  private final FakePeer first = new FakePeer();
  private final FakePeer second = new FakePeer();
  private final FakePeer third = new FakePeer();
  private Conversation conversation = stage.join(first);
  private String token = JSON.readTree(first.take().getFirst()).at("/resume/token").stringValue();

  @Test
  void the_token_has_256_bits_and_the_reply_tells_the_window() {
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    loseSocket(first);
    JsonNode reply = resume(second, token, 0);
    assertThat(reply.get("reply").longValue()).isEqualTo(99);
    assertThat(reply.get("received").longValue()).as("the id of the connect").isEqualTo(1);
    assertThat(reply.at("/resume/windowMs").longValue()).isEqualTo(30_000);
    assertThat(reply.at("/resume/token").stringValue()).hasSize(43).isNotEqualTo(token);
    assertThat(reply.has("seq")).isFalse();
    assertThat(second.admitted).isTrue();
  }

  @Test
  void frames_after_the_last_handled_one_come_again_and_then_what_happened_meanwhile() {
    stage.signal(conversation, "handled");
    stage.signal(conversation, "lost on the way");
    loseSocket(first);
    stage.signal(conversation, "missed");
    resume(second, token, 1);
    stage.signal(conversation, "new");
    assertThat(second.sent).hasSize(4);
    assertThat(second.sent.get(1)).contains("lost on the way").endsWith("\"seq\":2}");
    assertThat(second.sent.get(2)).contains("missed").endsWith("\"seq\":3}");
    assertThat(second.sent.get(3)).contains("new").endsWith("\"seq\":4}");
  }

  @Test
  void nobody_is_told_of_a_client_that_comes_back_in_time() throws RefusedException {
    List<SessionEvent> seen = new ArrayList<>();
    stage.joinQuietly(seen);
    loseSocket(first);
    pass(Duration.ofMillis(29_999));
    resume(second, token, 0);
    assertThat(seen).isEmpty();
    assertThat(stage.absences.availablePermits()).isEqualTo(20_000);
    second.take();
    send(second, 2, "ping");
    assertThat(second.sent).hasSize(1);
    conversation.end(CloseCode.STOPPING);
    assertThat(second.closed).contains(CloseCode.STOPPING);
  }

  @Test
  void a_resume_tells_the_last_request_that_was_taken() {
    send(first, 5, "ping");
    send(first, 8, "teleport");
    loseSocket(first);
    assertThat(resume(second, token, 0).get("received").longValue()).isEqualTo(8);
    assertThat(second.sent).as("the reply and both replies again").hasSize(3);
  }

  @Test
  void a_ping_tells_what_need_not_be_kept() {
    stage.signal(conversation, "one");
    stage.signal(conversation, "two");
    conversation.onText(first, "{\"id\":2,\"type\":\"ping\",\"seq\":1}", stage.nowNanos);
    loseSocket(first);
    resume(second, token, 1);
    assertThat(second.sent).hasSize(3);

    conversation.onText(second, "{\"id\":3,\"type\":\"ping\",\"seq\":2}", stage.nowNanos);
    loseSocket(second);
    String next = JSON.readTree(second.sent.getFirst()).at("/resume/token").stringValue();
    assertRefused(third, next, 1);
    assertThat(conversation.ended()).as("there is nothing to go on with").isTrue();
  }

  @Test
  void a_number_that_was_never_sent_is_not_believed() {
    stage.signal(conversation, "one");
    conversation.onText(first, "{\"id\":2,\"type\":\"ping\",\"seq\":900}", stage.nowNanos);
    loseSocket(first);
    resume(second, token, 0);
    assertThat(second.sent).as("nothing was dropped").hasSize(3);
    loseSocket(second);
    String next = JSON.readTree(second.sent.getFirst()).at("/resume/token").stringValue();
    assertRefused(third, next, 900);
  }

  @Test
  void a_resume_takes_over_from_a_socket_that_is_still_open() {
    resume(second, token, 0);
    assertThat(first.closed).contains(CloseCode.TAKEN_OVER);
    second.take();

    send(first, 2, "disconnect");
    conversation.onClosed(first, 1000, stage.nowNanos);
    conversation.onOffence(first, CloseCode.NOT_THIS_PROTOCOL);
    assertThat(conversation.ended()).as("the old socket has no say").isFalse();
    stage.signal(conversation, "hi");
    assertThat(second.sent).hasSize(1);
  }

  @Test
  void a_spent_token_is_refused_and_disturbs_nobody() {
    loseSocket(first);
    resume(second, token, 0);
    send(second, 2, "ping");
    assertRefused(third, token, 0);
    assertThat(second.closed).isEmpty();
    assertThat(conversation.ended()).isFalse();
  }

  @Test
  void a_wrong_token_is_refused_and_the_connection_waits_on() {
    loseSocket(first);
    assertRefused(second, "A".repeat(43), 0);
    assertRefused(third, "", 0);
    FakePeer rightful = new FakePeer();
    resume(rightful, token, 0);
    assertThat(rightful.closed).isEmpty();
  }

  @Test
  void until_the_client_speaks_a_second_use_takes_the_place_of_the_first() {
    loseSocket(first);
    String lostOnTheWay = resume(second, token, 0).at("/resume/token").stringValue();
    String arrived = resume(third, token, 0).at("/resume/token").stringValue();
    assertThat(second.closed).contains(CloseCode.TAKEN_OVER);

    assertRefused(new FakePeer(), lostOnTheWay, 0);
    loseSocket(third);
    FakePeer fourth = new FakePeer();
    resume(fourth, arrived, 0);
    assertThat(fourth.closed).isEmpty();
  }

  @Test
  void after_the_window_the_connection_is_gone_and_others_are_told() throws RefusedException {
    List<SessionEvent> seen = new ArrayList<>();
    stage.joinQuietly(seen);
    loseSocket(first);
    pass(Duration.ofSeconds(30));
    assertThat(conversation.ended()).isTrue();
    assertThat(stage.absences.availablePermits()).isEqualTo(20_000);
    assertThat(seen)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.ConnectionDestroyed.class,
            destroyed ->
                assertThat(destroyed.reason()).isEqualTo(LeaveReason.NETWORK_DISCONNECTED));
  }

  @Test
  void more_than_can_be_kept_ends_an_absent_connection() {
    restart(Limits.with(limits -> limits.queuedMessages = 3));
    stage.signal(conversation, "sent before");
    loseSocket(first);
    for (int i = 0; i < 3; i++) {
      stage.signal(conversation, "missed");
    }
    assertThat(conversation.ended()).as("what was sent before goes first").isFalse();
    stage.signal(conversation, "one too many");
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void as_much_as_can_be_kept_is_all_there_after_a_resume() {
    restart(Limits.with(limits -> limits.queuedMessages = 3));
    stage.signal(conversation, "sent before");
    loseSocket(first);
    for (int i = 0; i < 3; i++) {
      stage.signal(conversation, "missed");
    }
    resume(second, token, 1);
    assertThat(second.sent).hasSize(4);
    assertThat(second.closed).isEmpty();
  }

  @Test
  void the_length_of_what_is_kept_is_bounded_too() {
    restart(Limits.with(limits -> limits.queuedChars = 20_000));
    loseSocket(first);
    stage.signal(conversation, "d".repeat(8000));
    stage.signal(conversation, "d".repeat(8000));
    assertThat(conversation.ended()).isFalse();
    stage.signal(conversation, "d".repeat(8000));
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void only_so_many_connections_wait_for_their_clients() {
    restart(Limits.with(limits -> limits.absent = 1));
    Conversation other = stage.join(second);
    loseSocket(first);
    other.onClosed(second, LOST, stage.nowNanos);
    assertThat(conversation.ended()).isFalse();
    assertThat(other.ended()).isTrue();
  }

  @Test
  void without_a_window_a_lost_socket_ends_its_connection() {
    SignallingTimeouts defaults = SignallingTimeouts.DEFAULT;
    SignallingTimeouts none =
        new SignallingTimeouts(
            defaults.connect(),
            defaults.pingInterval(),
            defaults.pingTimeout(),
            defaults.close(),
            Duration.ZERO);
    stage = new Stage(new SignallingSettings(SignallingLimits.DEFAULT, none, Optional.empty()));
    conversation = stage.join(third);
    loseSocket(third);
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void leaving_and_a_message_too_large_end_the_connection_at_once() {
    for (int code : List.of(1000, 1001, 1009)) {
      stage = new Stage();
      FakePeer peer = new FakePeer();
      conversation = stage.join(peer);
      conversation.onClosed(peer, code, stage.nowNanos);
      assertThat(conversation.ended()).as("%d", code).isTrue();
    }
  }

  @Test
  void who_is_thrown_out_while_away_cannot_come_back() {
    loseSocket(first);
    conversation.onEvent(new SessionEvent.Disconnected(LeaveReason.FORCE_DISCONNECTED));
    assertThat(conversation.ended()).isTrue();
    assertThat(stage.absences.availablePermits()).isEqualTo(20_000);
  }

  @Test
  void a_resume_on_a_joined_socket_is_refused_like_a_second_connect() {
    conversation.onText(first, resumeRequest(token, 0), stage.nowNanos);
    assertThat(first.sent).singleElement().asString().contains("already_connected");
    assertThat(first.closed).isEmpty();
  }

  private void restart(SignallingLimits limits) {
    stage = new Stage(limits);
    first.closed = Optional.empty();
    conversation = stage.join(first);
    token = JSON.readTree(first.take().getFirst()).at("/resume/token").stringValue();
  }

  private void loseSocket(FakePeer peer) {
    conversation.onClosed(peer, LOST, stage.nowNanos);
  }

  /** The reply, which is the first message of the socket. */
  private JsonNode resume(FakePeer peer, String shown, long seq) {
    conversation.onResume(
        peer, 99, new SignallingRequest.Resume(conversation.id(), shown, seq), stage.nowNanos);
    return JSON.readTree(peer.sent.getFirst());
  }

  private void assertRefused(FakePeer peer, String shown, long seq) {
    assertThat(resume(peer, shown, seq).at("/error/code").stringValue()).isEqualTo("resume_failed");
    assertThat(peer.closed).contains(CloseCode.RESUME_FAILED);
    assertThat(peer.admitted).isFalse();
  }

  private String resumeRequest(String shown, long seq) {
    return "{\"id\":99,\"type\":\"resume\",\"connectionId\":\"%s\",\"token\":\"%s\",\"seq\":%d}"
        .formatted(conversation.id(), shown, seq);
  }

  private void send(FakePeer peer, long id, String type) {
    conversation.onText(peer, "{\"id\":%d,\"type\":\"%s\"}".formatted(id, type), stage.nowNanos);
  }

  private void pass(Duration time) {
    stage.pass(time);
    conversation.onTick(stage.nowNanos);
  }
}

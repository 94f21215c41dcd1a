package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.auth.ClientTokens;
import dev.sluice.gateway.testing.FakeMedia;
import dev.sluice.gateway.testing.InMemoryApplications;
import dev.sluice.gateway.testing.InMemorySessions;
import dev.sluice.gateway.testing.Tenant;
import dev.sluice.session.ClientToken;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Role;
import dev.sluice.session.Session;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.Signal;
import dev.sluice.session.live.LeaveReason;
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.MailboxLiveSessions;
import dev.sluice.session.live.SessionEvent;
import dev.sluice.session.registry.SessionIds;
import dev.sluice.session.registry.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything that time has a part in, with time in the test's hand. */
final class ConversationTest {
  private static final Tenant TENANT = Tenant.create();
  private static final SignallingSettings SETTINGS = SignallingSettings.DEFAULT;
  private static final String PING = "{\"id\":9,\"type\":\"ping\"}";

  /** Near its overflow: a deadline must be compared by difference. */
  private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(8).toNanos();

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemorySessions repository = new InMemorySessions();
  private final Sessions sessions =
      new Sessions(repository, new SessionIds(new SecureRandom()), clock);
  private final SessionLimits limits = new SessionLimits(2, 4, 4);
  private final LiveSessions live =
      new MailboxLiveSessions(repository, new FakeMedia(), limits, clock, UUID::randomUUID);
  private final FakePeer peer = new FakePeer();
  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session =
      sessions.create(TENANT.application().id(), SessionOptions.DEFAULT);
  private final Conversation conversation = newConversation(peer);

  @Test
  void who_does_not_connect_within_the_timeout_is_closed() {
    pass(Duration.ofMillis(9_999));
    assertThat(peer.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
    assertThat(conversation.ended()).isTrue();
  }

  @Test
  void junk_before_connect_does_not_buy_time() {
    for (int second = 0; second < 9; second++) {
      pass(Duration.ofSeconds(1));
      conversation.onText(PING, nowNanos);
      conversation.heard(nowNanos);
    }
    pass(Duration.ofSeconds(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
  }

  @Test
  void the_server_pings_at_its_pace() {
    connect();
    for (int second = 0; second < 21; second++) {
      pass(Duration.ofSeconds(1));
      conversation.heard(nowNanos);
    }
    assertThat(peer.pings).isEqualTo(4);
    assertThat(peer.closed).isEmpty();
  }

  @Test
  void a_client_that_falls_silent_is_lost_to_the_network() throws RefusedException {
    connect();
    List<SessionEvent> seen = new ArrayList<>();
    live.join(clientToken(), seen::add);
    pass(Duration.ofMillis(14_999));
    assertThat(peer.closed).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst())
        .isInstanceOfSatisfying(
            SessionEvent.ConnectionDestroyed.class,
            destroyed ->
                assertThat(destroyed.reason()).isEqualTo(LeaveReason.NETWORK_DISCONNECTED));
  }

  @Test
  void the_next_deadline_is_never_passed_unnoticed() {
    connect();
    for (int step = 0; step < 3; step++) {
      nowNanos = conversation.nextDeadlineNanos();
      conversation.onTick(nowNanos);
    }
    assertThat(peer.pings).isEqualTo(2);
    assertThat(peer.closed).contains(CloseCode.TIMEOUT);
  }

  @Test
  void messages_may_be_larger_once_connected() {
    connect();
    assertThat(peer.messageLimit).isEqualTo(SETTINGS.limits().messageBytes());
  }

  @Test
  void a_burst_is_let_through_and_what_exceeds_it_is_refused_but_not_the_socket() {
    connect();
    peer.sent.clear();
    ping(SETTINGS.limits().messagesAtOnce());
    assertThat(peer.sent.getLast()).contains("rate_limited");
    assertThat(peer.sent.stream().filter(text -> text.contains("rate_limited")).count())
        .as("the connect has taken one of them")
        .isEqualTo(1);
    pass(Duration.ofSeconds(1));
    peer.sent.clear();
    ping(SETTINGS.limits().messagesPerSecond());
    assertThat(peer.sent).hasSize(50).allMatch(text -> text.equals("{\"reply\":9}"));
    assertThat(peer.closed).isEmpty();
  }

  @Test
  void who_does_not_stop_after_being_refused_is_closed() {
    connect();
    ping(SETTINGS.limits().messagesAtOnce() - 1 + SETTINGS.limits().refusedMessages());
    assertThat(peer.closed).isEmpty();
    ping(1);
    assertThat(peer.closed).contains(CloseCode.TOO_MANY);
  }

  @Test
  void a_client_that_reads_too_slowly_is_closed() {
    connect();
    peer.full = true;
    conversation.onEvent(
        new SessionEvent.SignalReceived(
            new Signal(Optional.empty(), Optional.empty()), Optional.empty()));
    assertThat(peer.closed).contains(CloseCode.TOO_SLOW);
  }

  @Test
  void disconnected_is_the_last_event_and_closes_the_socket() {
    connect();
    peer.sent.clear();
    conversation.onEvent(new SessionEvent.Disconnected(LeaveReason.FORCE_DISCONNECTED));
    conversation.onEvent(
        new SessionEvent.SignalReceived(
            new Signal(Optional.empty(), Optional.empty()), Optional.empty()));
    assertThat(peer.sent)
        .containsExactly("{\"event\":\"disconnected\",\"reason\":\"forceDisconnected\"}");
    assertThat(peer.closed).contains(CloseCode.NORMAL);
  }

  @Test
  void a_full_session_closes_with_4429() throws RefusedException {
    live.join(clientToken(), _ -> {});
    live.join(clientToken(), _ -> {});
    connect();
    assertThat(peer.sent.getLast()).contains("connection_limit");
    assertThat(peer.closed).contains(CloseCode.TOO_MANY);
  }

  @Test
  void a_fault_while_joining_tells_nothing_and_closes_with_1011() {
    repository.breakDown();
    connect();
    assertThat(peer.sent.getLast()).contains("internal").doesNotContain("secret");
    assertThat(peer.closed).contains(CloseCode.INTERNAL);
  }

  @Test
  void an_expired_token_cannot_join_and_a_running_connection_stays() {
    Conversation running = newConversation(new FakePeer());
    running.onText(connectRequest(clock.instant().minusSeconds(86_400 + 59)), nowNanos);
    assertThat(running.joined()).isTrue();
    conversation.onText(connectRequest(clock.instant().minusSeconds(86_400 + 61)), nowNanos);
    assertThat(peer.closed).contains(CloseCode.AUTHENTICATION_FAILED);
    pass(Duration.ofSeconds(1));
    assertThat(running.joined()).isTrue();
  }

  private Conversation newConversation(Peer peer) {
    InMemoryApplications applications = new InMemoryApplications();
    applications.save(TENANT.application());
    return new Conversation(
        new SignallingServices(
            new ClientTokens(applications, clock),
            sessions,
            live,
            limits,
            new RequestParser(SETTINGS.limits().messageBytes())),
        SETTINGS,
        peer,
        events::add,
        nowNanos);
  }

  private void connect() {
    conversation.onText(connectRequest(clock.instant()), nowNanos);
    conversation.heard(nowNanos);
  }

  private String connectRequest(Instant issuedAt) {
    return "{\"id\":1,\"type\":\"connect\",\"sessionId\":\"%s\",\"token\":\"%s\"}"
        .formatted(session.id(), TENANT.clientToken(session.id().value(), "publisher", issuedAt));
  }

  private ClientToken clientToken() {
    return new ClientToken(
        TENANT.application().id(), session.id(), Role.PUBLISHER, "", List.of(), clock.instant());
  }

  private void ping(int times) {
    for (int i = 0; i < times; i++) {
      conversation.onText(PING, nowNanos);
    }
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
    conversation.onTick(nowNanos);
  }
}

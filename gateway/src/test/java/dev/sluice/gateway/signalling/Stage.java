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
import dev.sluice.session.live.LiveSessions;
import dev.sluice.session.live.MailboxLiveSessions;
import dev.sluice.session.live.Participant;
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
import java.util.concurrent.Semaphore;

/** A session of real parts over fake media and fake sockets, with time in the test's hand. */
final class Stage {
  private static final Tenant TENANT = Tenant.create();

  /** Near its overflow: a deadline must be compared by difference. */
  long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(8).toNanos();

  final InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  final InMemorySessions repository = new InMemorySessions();
  final SignallingSettings settings;
  final LiveSessions live;
  final Session session;
  final Semaphore absences;
  private final SignallingServices services;
  private final List<SessionEvent> told = new ArrayList<>();

  Stage() {
    this(SignallingSettings.DEFAULT);
  }

  Stage(SignallingLimits limits) {
    this(new SignallingSettings(limits, SignallingTimeouts.DEFAULT, Optional.empty()));
  }

  Stage(SignallingSettings settings) {
    this.settings = settings;
    SessionLimits limits = new SessionLimits(2, 4, 4);
    Sessions sessions = new Sessions(repository, new SessionIds(new SecureRandom()), clock);
    InMemoryApplications applications = new InMemoryApplications();
    applications.save(TENANT.application());
    absences = new Semaphore(settings.limits().absentConnections());
    live = new MailboxLiveSessions(repository, new FakeMedia(), limits, clock, UUID::randomUUID);
    session = sessions.create(TENANT.application().id(), SessionOptions.DEFAULT);
    services =
        new SignallingServices(
            new ClientTokens(applications, clock),
            sessions,
            live,
            limits,
            new RequestParser(settings.limits().messageBytes()),
            new SecureRandom(),
            absences);
  }

  Entrance entrance(FakePeer peer) {
    return new Entrance(services, settings, peer, told::add, nowNanos);
  }

  /** Joins with the request id 1, and takes the reply from the peer. */
  Conversation join(FakePeer peer) {
    Entrance entrance = entrance(peer);
    entrance.onText(connectRequest(clock.instant()), nowNanos);
    if (!(entrance.state() instanceof Entrance.State.Joined joined)) {
      throw new AssertionError("not joined: " + peer.sent);
    }
    joined.conversation().welcome(joined.id(), joined.session());
    assertThat(peer.sent).hasSize(1);
    return joined.conversation();
  }

  String connectRequest(Instant issuedAt) {
    return "{\"id\":1,\"type\":\"connect\",\"sessionId\":\"%s\",\"token\":\"%s\"}"
        .formatted(session.id(), TENANT.clientToken(session.id().value(), "publisher", issuedAt));
  }

  /** Somebody who joins without a socket. */
  Participant joinQuietly(List<SessionEvent> seen) throws RefusedException {
    return live.join(
        new ClientToken(
            TENANT.application().id(),
            session.id(),
            Role.PUBLISHER,
            "",
            List.of(),
            clock.instant()),
        seen::add);
  }

  /** Sends a signal to everyone and hands what the one conversation is told over to it. */
  void signal(Conversation to, String data) {
    try {
      live.signal(
          TENANT.application().id(),
          session.id(),
          new Signal(Optional.empty(), Optional.of(data)),
          Optional.empty());
    } catch (RefusedException e) {
      throw new IllegalStateException(e);
    }
    told.forEach(to::onEvent);
    told.clear();
  }

  void pass(Duration time) {
    nowNanos += time.toNanos();
  }
}

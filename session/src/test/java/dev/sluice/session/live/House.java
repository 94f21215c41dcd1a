package dev.sluice.session.live;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.ClientToken;
import dev.sluice.session.MediaMode;
import dev.sluice.session.RefusedException;
import dev.sluice.session.Role;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.media.FakeMediaPlane;
import dev.sluice.session.store.InMemorySessionRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Live sessions over a fake media plane, a clock that is set by hand and ids that count. Unless
 * built with another executor everything happens on the caller's thread.
 */
final class House {
  static final ApplicationId APPLICATION = new ApplicationId(new UUID(7, 7));
  static final SessionId SESSION = new SessionId("2_main");
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  final FakeMediaPlane media;
  final MailboxLiveSessions live;
  private final InMemorySessionRepository repository = new InMemorySessionRepository();
  private final AtomicLong lastId = new AtomicLong();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private volatile Instant now = START;

  House() {
    this(SessionLimits.DEFAULT, new FakeMediaPlane(), Runnable::run);
  }

  House(SessionLimits limits) {
    this(limits, new FakeMediaPlane(), Runnable::run);
  }

  House(SessionLimits limits, FakeMediaPlane media, Executor executor) {
    this.media = media;
    InstantSource clock = () -> now;
    live =
        new MailboxLiveSessions(
            repository,
            media,
            limits,
            clock,
            () -> new UUID(0, lastId.incrementAndGet()),
            executor,
            (_, task) -> waiting.add(task));
    addSession(SESSION);
  }

  void addSession(SessionId id) {
    addSession(id, MediaMode.ROUTED);
  }

  void addSession(SessionId id, MediaMode mediaMode) {
    repository.add(
        new Session(
            id, APPLICATION, mediaMode, ArchiveMode.MANUAL, Optional.empty(), false, START));
  }

  /** The time has passed for all that waits now. */
  void later() {
    for (int due = waiting.size(); due > 0; due--) {
      waiting.remove().run();
    }
  }

  void now(Instant now) {
    this.now = now;
  }

  /** A publisher in the main session. */
  Guest join() throws RefusedException {
    return join(Role.PUBLISHER);
  }

  Guest join(Role role) throws RefusedException {
    return join(SESSION, role);
  }

  Guest join(SessionId session, Role role) throws RefusedException {
    RecordedEvents events = new RecordedEvents();
    return new Guest(live.join(token(session, role), events), events);
  }

  static ClientToken token(SessionId session, Role role) {
    return new ClientToken(
        APPLICATION, session, role, "name=guest", List.of("full"), START.plusSeconds(60));
  }
}

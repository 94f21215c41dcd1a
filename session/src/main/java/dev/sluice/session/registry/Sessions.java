package dev.sluice.session.registry;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.store.SessionRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Creates and finds sessions for their applications. Blocks on the store; any thread. */
public final class Sessions {
  private final SessionRepository repository;
  private final SessionIds ids;
  private final InstantSource clock;

  public Sessions(SessionRepository repository, SessionIds ids, InstantSource clock) {
    this.repository = repository;
    this.ids = ids;
    this.clock = clock;
  }

  /** Creates and stores a session. It takes no media resources until somebody connects. */
  public Session create(ApplicationId application, SessionOptions options) {
    // The store and every API keep milliseconds: a finer time would not survive a reload.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Session session =
        new Session(
            ids.next(application, options.mediaMode(), now),
            application,
            options.mediaMode(),
            options.archiveMode(),
            options.location(),
            options.endToEndEncrypted(),
            now);
    repository.add(session);
    return session;
  }

  /** Empty for a session that does not exist, and for another application's all the same. */
  public Optional<Session> find(ApplicationId application, SessionId id) {
    return repository.find(id).filter(session -> session.applicationId().equals(application));
  }
}

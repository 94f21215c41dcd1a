package dev.sluice.session.store;

import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import java.util.Optional;

/** Keeps sessions. Blocking; any thread. Every call can throw {@link StoreFailedException}. */
public interface SessionRepository {
  void add(Session session);

  Optional<Session> find(SessionId id);
}

package dev.sluice.gateway.testing;

import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.SessionRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions without a database; it can be told to fail. */
public final class InMemorySessions implements SessionRepository {
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();
  private volatile boolean broken;

  @Override
  public void add(Session session) {
    requireWorking();
    sessions.put(session.id(), session);
  }

  @Override
  public Optional<Session> find(SessionId id) {
    requireWorking();
    return Optional.ofNullable(sessions.get(id));
  }

  /** From now on every call fails as a lost disk would make it. */
  public void breakDown() {
    broken = true;
  }

  private void requireWorking() {
    if (broken) {
      throw new IllegalStateException("secret internals: the disk is gone");
    }
  }
}

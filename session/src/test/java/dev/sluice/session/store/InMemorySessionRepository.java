package dev.sluice.session.store;

import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

public final class InMemorySessionRepository implements SessionRepository {
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();

  @Override
  public void add(Session session) {
    if (sessions.putIfAbsent(session.id(), session) != null) {
      throw new IllegalStateException("session " + session.id() + " is there already");
    }
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return Optional.ofNullable(sessions.get(id));
  }
}

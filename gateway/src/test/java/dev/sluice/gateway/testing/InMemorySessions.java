package dev.sluice.gateway.testing;

import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.SessionRepository;
import dev.sluice.session.store.StoreFailedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions without a database; it can be told to fail. */
public final class InMemorySessions implements SessionRepository {
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();
  private volatile Optional<RuntimeException> fault = Optional.empty();

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

  /** From now on every call fails as a bug would make it. */
  public void breakDown() {
    fault = Optional.of(new IllegalStateException("secret internals: a bug"));
  }

  /** From now on every call fails as a database that is away makes it. */
  public void goAway() {
    fault =
        Optional.of(
            new StoreFailedException(
                "secret internals: no database", new IOException("connection refused")));
  }

  public void comeBack() {
    fault = Optional.empty();
  }

  private void requireWorking() {
    if (fault.isPresent()) {
      throw fault.get();
    }
  }
}

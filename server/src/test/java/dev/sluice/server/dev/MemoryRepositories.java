package dev.sluice.server.dev;

import dev.sluice.server.Domain;
import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A domain whose repositories forget everything with the test. */
final class MemoryRepositories {
  private MemoryRepositories() {}

  static Domain domain() {
    return Domain.over(
        new MemoryApplications(), new MemorySessions(), new SecureRandom(), InstantSource.system());
  }

  private static final class MemoryApplications implements ApplicationRepository {
    private final Map<ApplicationId, Application> applications = new LinkedHashMap<>();

    @Override
    public void save(Application application) {
      applications.put(application.id(), application);
    }

    @Override
    public Optional<Application> find(ApplicationId id) {
      return Optional.ofNullable(applications.get(id));
    }

    @Override
    public List<Application> all() {
      return List.copyOf(applications.values());
    }
  }

  private static final class MemorySessions implements SessionRepository {
    private final Map<SessionId, Session> sessions = new LinkedHashMap<>();

    @Override
    public void add(Session session) {
      sessions.put(session.id(), session);
    }

    @Override
    public Optional<Session> find(SessionId id) {
      return Optional.ofNullable(sessions.get(id));
    }
  }
}

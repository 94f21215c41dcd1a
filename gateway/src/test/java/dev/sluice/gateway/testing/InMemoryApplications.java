package dev.sluice.gateway.testing;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.store.ApplicationRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Applications without a database. */
public final class InMemoryApplications implements ApplicationRepository {
  private final Map<ApplicationId, Application> applications = new ConcurrentHashMap<>();

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

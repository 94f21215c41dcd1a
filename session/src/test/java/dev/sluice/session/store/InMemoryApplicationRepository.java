package dev.sluice.session.store;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

public final class InMemoryApplicationRepository implements ApplicationRepository {
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
    return applications.values().stream()
        .sorted(Comparator.comparing(Application::createdAt))
        .toList();
  }
}

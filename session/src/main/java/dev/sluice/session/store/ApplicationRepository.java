package dev.sluice.session.store;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import java.util.List;
import java.util.Optional;

/** Keeps applications. Blocking; any thread. Every call can throw {@link StoreFailedException}. */
public interface ApplicationRepository {
  /** Adds an application, or replaces the one with its id. */
  void save(Application application);

  Optional<Application> find(ApplicationId id);

  /** Oldest first. */
  List<Application> all();
}

package dev.sluice.server.admin;

import dev.sluice.server.Domain;
import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.Session;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.registry.CreatedApplication;
import dev.sluice.session.store.StoreFailedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** On the store itself. */
public final class StoreAdministration implements Administration {
  private static final int MAX_NAME_CHARS = 200;

  private final Domain domain;
  private final Runnable close;

  /**
   * @param close gives the store back
   */
  public StoreAdministration(Domain domain, Runnable close) {
    this.domain = domain;
    this.close = close;
  }

  @Override
  public NewKey createApplication(String name) throws AdministrationException {
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      throw new AdministrationException(
          "an application's name has 1 to %d characters".formatted(MAX_NAME_CHARS));
    }
    return newKey(ask(() -> domain.applications().create(name)));
  }

  @Override
  public List<ApplicationEntry> applications() throws AdministrationException {
    return ask(() -> domain.applications().all()).stream().map(StoreAdministration::entry).toList();
  }

  @Override
  public NewKey rotateKey(ApplicationId id) throws AdministrationException {
    Optional<CreatedApplication> rotated = ask(() -> domain.applications().rotateKey(id));
    return newKey(rotated.orElseThrow(() -> noApplication(id)));
  }

  @Override
  public SessionEntry createSession(ApplicationId application, MediaMode mediaMode)
      throws AdministrationException {
    if (ask(() -> domain.applications().find(application)).isEmpty()) {
      throw noApplication(application);
    }
    Session session =
        ask(
            () ->
                domain
                    .sessions()
                    .create(
                        application,
                        new SessionOptions(
                            mediaMode, ArchiveMode.MANUAL, Optional.empty(), false)));
    return new SessionEntry(
        session.id().value(),
        application.toString(),
        session.mediaMode().name().toLowerCase(Locale.ROOT),
        session.createdAt().toString());
  }

  @Override
  public void close() {
    close.run();
  }

  private static <T> T ask(Supplier<T> question) throws AdministrationException {
    try {
      return question.get();
    } catch (StoreFailedException e) {
      throw new AdministrationException(String.valueOf(e.getMessage()), e);
    }
  }

  private static AdministrationException noApplication(ApplicationId id) {
    return new AdministrationException(
        "there is no application %s; 'sluice app list' lists them".formatted(id));
  }

  private static NewKey newKey(CreatedApplication created) {
    return new NewKey(entry(created.application()), created.privateKeyPem());
  }

  private static ApplicationEntry entry(Application application) {
    return new ApplicationEntry(
        application.id().toString(), application.name(), application.createdAt().toString());
  }
}

package dev.sluice.server;

import dev.sluice.session.registry.Applications;
import dev.sluice.session.registry.SessionIds;
import dev.sluice.session.registry.Sessions;
import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** The services of the domain over one pair of repositories. */
public record Domain(
    ApplicationRepository applicationRepository,
    SessionRepository sessionRepository,
    Applications applications,
    Sessions sessions,
    InstantSource clock) {
  public static Domain over(
      ApplicationRepository applicationRepository,
      SessionRepository sessionRepository,
      SecureRandom random,
      InstantSource clock) {
    return new Domain(
        applicationRepository,
        sessionRepository,
        new Applications(applicationRepository, random, clock, UUID::randomUUID),
        new Sessions(sessionRepository, new SessionIds(random), clock),
        clock);
  }
}

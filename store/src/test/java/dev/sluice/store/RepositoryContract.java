package dev.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.session.Application;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.store.ApplicationRepository;
import dev.sluice.session.store.SessionRepository;
import dev.sluice.session.store.StoreFailedException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every implementation of the repositories keeps to, whatever the database. */
abstract class RepositoryContract {
  private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);
  private static final RSAPublicKey KEY = newKey();
  private static final RSAPublicKey OTHER_KEY = newKey();
  private static final Application DOCTORS =
      new Application(new ApplicationId(new UUID(1, 1)), "Doctors", KEY, NOW);

  abstract ApplicationRepository applications();

  abstract SessionRepository sessions();

  @Test
  void an_application_comes_back_as_it_was_saved() {
    applications().save(DOCTORS);

    assertThat(applications().find(DOCTORS.id())).contains(DOCTORS);
  }

  @Test
  void saving_again_replaces_the_application_with_that_id() {
    Application renamed = new Application(DOCTORS.id(), "Surgeons", OTHER_KEY, NOW.plusSeconds(1));
    applications().save(DOCTORS);

    applications().save(renamed);

    assertThat(applications().all()).containsExactly(renamed);
  }

  @Test
  void replacing_an_application_keeps_its_sessions() {
    Session session = session("2_a", Optional.empty());
    applications().save(DOCTORS);
    sessions().add(session);

    applications().save(new Application(DOCTORS.id(), "Surgeons", KEY, NOW));

    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void applications_are_listed_oldest_first() {
    Application younger =
        new Application(new ApplicationId(new UUID(0, 1)), "b", KEY, NOW.plusMillis(1));
    Application sameAge = new Application(new ApplicationId(new UUID(1, 2)), "a", KEY, NOW);
    List.of(younger, sameAge, DOCTORS).forEach(applications()::save);

    assertThat(applications().all()).containsExactly(DOCTORS, sameAge, younger);
  }

  @Test
  void an_unknown_id_finds_nothing() {
    assertThat(applications().find(DOCTORS.id())).isEmpty();
    assertThat(applications().all()).isEmpty();
    assertThat(sessions().find(new SessionId("2_a"))).isEmpty();
  }

  @Test
  void a_session_comes_back_as_it_was_added_whatever_its_settings() {
    applications().save(DOCTORS);
    List<Session> added = new ArrayList<>();
    for (MediaMode mediaMode : MediaMode.values()) {
      for (ArchiveMode archiveMode : ArchiveMode.values()) {
        for (boolean encrypted : new boolean[] {false, true}) {
          added.add(
              new Session(
                  new SessionId("2_" + added.size()),
                  DOCTORS.id(),
                  mediaMode,
                  archiveMode,
                  encrypted ? Optional.of("192.0.2.7") : Optional.empty(),
                  encrypted,
                  NOW.plusMillis(added.size())));
        }
      }
    }
    added.forEach(sessions()::add);

    for (Session session : added) {
      assertThat(sessions().find(session.id())).contains(session);
    }
  }

  @Test
  void text_is_kept_whatever_it_holds() {
    String name = "Ärzte'); drop table applications; -- \"日本\" 🎥";
    applications().save(new Application(DOCTORS.id(), name, KEY, NOW));

    assertThat(applications().all()).extracting(Application::name).containsExactly(name);
  }

  @Test
  void session_ids_that_differ_in_case_only_are_two() {
    applications().save(DOCTORS);
    sessions().add(session("2_MX4", Optional.of("192.0.2.1")));
    sessions().add(session("2_mx4", Optional.of("192.0.2.2")));

    assertThat(sessions().find(new SessionId("2_mx4")).orElseThrow().location())
        .contains("192.0.2.2");
  }

  @Test
  void a_session_is_added_once() {
    applications().save(DOCTORS);
    Session session = session("2_a", Optional.of("192.0.2.1"));
    sessions().add(session);

    assertThatExceptionOfType(StoreFailedException.class)
        .isThrownBy(() -> sessions().add(session("2_a", Optional.empty())));
    assertThat(sessions().find(session.id())).contains(session);
  }

  @Test
  void a_session_needs_its_application() {
    assertThatExceptionOfType(StoreFailedException.class)
        .isThrownBy(() -> sessions().add(session("2_a", Optional.empty())));
    assertThat(sessions().find(new SessionId("2_a"))).isEmpty();
  }

  @Test
  void many_threads_add_and_find_at_once() throws Exception {
    applications().save(DOCTORS);
    List<Future<Boolean>> visits = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        Session session = session("2_" + i, Optional.empty());
        visits.add(
            threads.submit(
                () -> {
                  sessions().add(session);
                  return sessions().find(session.id()).equals(Optional.of(session));
                }));
      }
    }
    for (Future<Boolean> visit : visits) {
      assertThat(visit.get()).isTrue();
    }
  }

  private static Session session(String id, Optional<String> location) {
    return new Session(
        new SessionId(id),
        DOCTORS.id(),
        MediaMode.ROUTED,
        ArchiveMode.MANUAL,
        location,
        false,
        NOW);
  }

  private static RSAPublicKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return (RSAPublicKey) generator.generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

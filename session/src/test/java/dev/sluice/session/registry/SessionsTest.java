package dev.sluice.session.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.ArchiveMode;
import dev.sluice.session.MediaMode;
import dev.sluice.session.Session;
import dev.sluice.session.SessionId;
import dev.sluice.session.SessionLimits;
import dev.sluice.session.SessionOptions;
import dev.sluice.session.store.InMemorySessionRepository;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final ApplicationId OURS = new ApplicationId(new UUID(0, 1));
  private static final ApplicationId THEIRS = new ApplicationId(new UUID(0, 2));

  private final InMemorySessionRepository repository = new InMemorySessionRepository();
  private final Sessions sessions =
      new Sessions(
          repository,
          new SessionIds(new SecureRandom()),
          InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000, 123_456_789)));

  @Test
  void a_created_session_has_what_was_asked_for_and_is_stored() {
    SessionOptions options =
        new SessionOptions(MediaMode.ROUTED, ArchiveMode.ALWAYS, Optional.of("192.0.2.7"), true);

    Session session = sessions.create(OURS, options);

    assertThat(session)
        .isEqualTo(
            new Session(
                session.id(),
                OURS,
                MediaMode.ROUTED,
                ArchiveMode.ALWAYS,
                Optional.of("192.0.2.7"),
                true,
                Instant.ofEpochMilli(1_790_000_000_123L)));
    assertThat(repository.find(session.id())).contains(session);
  }

  @Test
  void a_session_is_found_by_its_own_application_only() {
    Session session = sessions.create(OURS, SessionOptions.DEFAULT);

    assertThat(sessions.find(OURS, session.id())).contains(session);
    assertThat(sessions.find(THEIRS, session.id())).isEmpty();
    assertThat(sessions.find(OURS, new SessionId("2_nothing"))).isEmpty();
  }

  @Test
  void a_relayed_session_can_neither_be_recorded_from_its_start_nor_encrypted_end_to_end() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionOptions(MediaMode.RELAYED, ArchiveMode.ALWAYS, Optional.empty(), false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionOptions(MediaMode.RELAYED, ArchiveMode.MANUAL, Optional.empty(), true));
  }

  @Test
  void a_limit_below_one_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionLimits(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionLimits(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionLimits(1, 1, 0));
  }
}

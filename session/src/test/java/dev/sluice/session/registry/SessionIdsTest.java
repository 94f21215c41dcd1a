package dev.sluice.session.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import dev.sluice.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);

  private final ApplicationId application = new ApplicationId(new UUID(1, 2));
  private final SessionIds ids = new SessionIds(new SecureRandom());

  @Test
  void an_id_holds_the_application_and_the_time_where_clients_look_for_them() {
    String decoded = decoded(ids.next(application, MediaMode.ROUTED, NOW));

    assertThat(decoded)
        .matches("1~00000000-0000-0001-0000-000000000002~~1790000000123~[A-Za-z0-9_-]{24}~~~");
  }

  @Test
  void the_prefix_tells_the_media_mode() {
    assertThat(ids.next(application, MediaMode.ROUTED, NOW).value()).startsWith("2_MX4");
    assertThat(ids.next(application, MediaMode.RELAYED, NOW).value()).startsWith("1_MX4");
  }

  @Test
  void an_id_goes_into_a_path_as_it_is_whatever_its_length() {
    for (long millis = 1; millis < Long.MAX_VALUE / 10; millis *= 10) {
      SessionId id = ids.next(application, MediaMode.ROUTED, Instant.ofEpochMilli(millis));

      assertThat(id.value()).matches("[A-Za-z0-9_-]+");
      assertThat((id.value().length() - 2) % 4).isZero();
    }
  }

  @Test
  void ids_of_the_same_moment_differ() {
    Set<SessionId> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(ids.next(application, MediaMode.ROUTED, NOW))).isTrue();
    }
  }

  @Test
  void an_id_names_its_application_and_others_name_none() {
    for (long millis = 1; millis < Long.MAX_VALUE / 10; millis *= 10) {
      SessionId id = ids.next(application, MediaMode.RELAYED, Instant.ofEpochMilli(millis));
      assertThat(SessionIds.application(id)).contains(application);
    }
    for (String other : List.of("", "1_", "1_MX4", "2_~~~~", "3_" + "MX4", "x")) {
      assertThat(SessionIds.application(new SessionId(other))).as(other).isEmpty();
    }
  }

  private static String decoded(SessionId id) {
    return new String(
        Base64.getUrlDecoder().decode(id.value().substring(2)), StandardCharsets.US_ASCII);
  }
}

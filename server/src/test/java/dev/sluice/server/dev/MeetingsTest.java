package dev.sluice.server.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Domain;
import dev.sluice.server.StartException;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeetingsTest {
  @TempDir private Path directory;

  private final Domain domain = MemoryRepositories.domain();
  private final ApplicationId application = domain.applications().create("demo").application().id();

  @Test
  void a_meeting_is_a_routed_session_of_the_demo_application() throws Exception {
    Meetings meetings = open();

    String name = meetings.start();

    assertThat(meetings.find(name))
        .flatMap(session -> domain.sessions().find(application, session))
        .hasValueSatisfying(session -> assertThat(session.mediaMode()).isEqualTo(MediaMode.ROUTED));
  }

  @Test
  void a_meeting_survives_a_restart() throws Exception {
    Meetings before = open();
    String name = before.start();

    assertThat(open().find(name)).isPresent().isEqualTo(before.find(name));
  }

  @Test
  void a_name_reads_well_aloud() throws Exception {
    assertThat(open().start()).matches("[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}");
  }

  @Test
  void an_unknown_name_finds_nothing() throws Exception {
    assertThat(open().find("abcd-efgh-jkmn")).isEmpty();
  }

  @Test
  void a_line_cut_short_by_a_crash_names_nothing_and_costs_no_other() throws Exception {
    String name = open().start();
    Files.writeString(directory.resolve(Meetings.FILE), "abcd-efgh-", StandardOpenOption.APPEND);

    Meetings after = open();
    String later = after.start();

    assertThat(after.find("abcd-efgh-")).isEmpty();
    assertThat(open().find(name)).isPresent();
    assertThat(open().find(later)).isPresent();
  }

  private Meetings open() throws StartException {
    return Meetings.open(directory, application, domain.sessions(), new SecureRandom());
  }
}

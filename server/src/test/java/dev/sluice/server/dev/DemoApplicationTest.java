package dev.sluice.server.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.Domain;
import dev.sluice.server.StartException;
import dev.sluice.session.registry.Applications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoApplicationTest {
  @TempDir private Path directory;

  private final Domain domain = MemoryRepositories.domain();
  private final Applications applications = domain.applications();

  @Test
  void the_first_start_makes_an_application_and_the_next_takes_it() throws Exception {
    DemoApplication first = DemoApplication.open(directory, applications);
    DemoApplication second = DemoApplication.open(directory, applications);

    assertThat(second).isEqualTo(first);
    assertThat(applications.all()).hasSize(1);
  }

  @Test
  void the_private_key_is_for_its_owner_only() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(demo.privateKeyFile())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(demo.privateKeyFile())).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void the_private_key_is_not_printed_with_the_application() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);

    assertThat(demo.toString()).doesNotContain(demo.privateKey().getPrivateExponent().toString());
  }

  @Test
  void a_key_that_is_no_key_is_named_with_the_way_out() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);
    Files.writeString(demo.privateKeyFile(), "not a key");

    assertRefused("demo-private.key", "remove demo-application.txt");
  }

  @Test
  void a_key_that_is_gone_is_named_with_the_way_out() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);
    Files.delete(demo.privateKeyFile());

    assertRefused("cannot read", "demo-private.key", "remove demo-application.txt");
  }

  @Test
  void a_key_of_another_application_is_refused() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);
    Files.writeString(demo.privateKeyFile(), applications.create("other").privateKeyPem());

    assertRefused("is not the key of application " + demo.id());
  }

  @Test
  void a_binary_file_in_the_place_of_the_key_is_refused() throws Exception {
    DemoApplication demo = DemoApplication.open(directory, applications);
    Files.write(demo.privateKeyFile(), new byte[] {(byte) 0xc3, (byte) 0x28, 0});

    assertRefused("is not a text file");
  }

  @Test
  void an_application_that_the_database_lost_is_refused() throws Exception {
    DemoApplication.open(directory, applications);

    assertThatThrownBy(
            () -> DemoApplication.open(directory, MemoryRepositories.domain().applications()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the database does not have");
  }

  private void assertRefused(String... parts) throws IOException {
    assertThatThrownBy(() -> DemoApplication.open(directory, applications))
        .isInstanceOf(StartException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }
}

package dev.sluice.server.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.tls.ServerIdentity;
import dev.sluice.server.StartException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCertificateTest {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-11-22T20:00:00Z");

  @Test
  void it_is_good_for_the_host_and_the_machines_addresses() throws Exception {
    DevCertificate made = open("video.local", ADDRESS);

    assertThat(ServerIdentity.read(made.files()).names())
        .containsExactly("localhost", "video.local", "192.0.2.1");
    assertThat(made.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.files().key())))
        .isEqualTo("rw-------");
  }

  @Test
  void the_next_start_takes_the_same_one() throws Exception {
    DevCertificate first = open("0.0.0.0", ADDRESS);
    now = now.plus(Duration.ofDays(300));

    assertThat(open("0.0.0.0", ADDRESS)).isEqualTo(first);
  }

  @Test
  void one_that_is_damaged_or_about_to_end_or_lacks_an_address_is_made_anew() throws Exception {
    DevCertificate first = open("0.0.0.0", ADDRESS);

    Files.writeString(first.files().key(), "rubbish");
    DevCertificate second = open("0.0.0.0", ADDRESS);
    now = now.plus(Duration.ofDays(340));
    DevCertificate third = open("0.0.0.0", ADDRESS);
    DevCertificate fourth = open("0.0.0.0", ADDRESS, InetAddress.ofLiteral("192.0.2.2"));

    assertThat(List.of(first, second, third, fourth)).doesNotHaveDuplicates();
  }

  @Test
  void a_directory_that_cannot_be_written_is_told_with_the_way_out() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    assertThatThrownBy(
            () ->
                DevCertificate.open(
                    file, "0.0.0.0", List.of(ADDRESS), new SecureRandom(), () -> now))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--plain-http");
  }

  private DevCertificate open(String host, InetAddress... addresses) throws StartException {
    return DevCertificate.open(directory, host, List.of(addresses), new SecureRandom(), () -> now);
  }
}

package dev.sluice.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.dev.DevCertificate;
import dev.sluice.server.doctor.Finding.Level;
import dev.sluice.session.SessionLimits;
import dev.sluice.store.Store;
import dev.sluice.store.StoreSettings;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

  @TempDir private Path directory;

  @Test
  void free_ports_are_ok_and_what_is_sent_to_the_advertised_address_arrives() throws Exception {
    assertThat(ports(freeTcp(), freeUdp(), LOOPBACK, Optional.empty()))
        .extracting(Finding::level)
        .containsExactly(Level.OK, Level.OK);
  }

  @Test
  void a_port_that_somebody_else_has_fails_and_one_of_the_running_server_does_not()
      throws Exception {
    try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
        DatagramSocket udp = new DatagramSocket(0, LOOPBACK)) {
      assertThat(ports(tcp.getLocalPort(), udp.getLocalPort(), LOOPBACK, Optional.empty()))
          .allSatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.FAIL);
                assertThat(finding.message()).contains("in use by another process");
                assertThat(finding.advice()).isNotEmpty();
              });
      assertThat(
              ports(
                  tcp.getLocalPort(),
                  udp.getLocalPort(),
                  LOOPBACK,
                  Optional.of(new RunningServer("the running server, process 7"))))
          .allSatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.OK);
                assertThat(finding.message())
                    .endsWith("is in use by the running server, process 7");
              });
    }
  }

  @Test
  void an_advertised_address_that_leads_elsewhere_is_a_warning() throws Exception {
    // TEST-NET-1: nobody answers there, as behind a NAT that sends nothing back.
    List<Finding> findings =
        ports(freeTcp(), freeUdp(), InetAddress.ofLiteral("192.0.2.123"), Optional.empty());

    assertThat(findings.getLast().level()).isNotEqualTo(Level.OK);
    assertThat(findings.getLast().message()).contains("192.0.2.123");
    assertThat(findings.getLast().advice()).isNotEmpty();
  }

  @Test
  void a_data_directory_that_can_be_made_and_one_with_a_database_are_ok() throws Exception {
    Path fresh = directory.resolve("a/b");
    assertThat(Storage.examine(new StoreSettings.Sqlite(fresh)))
        .extracting(Finding::level)
        .containsExactly(Level.OK, Level.OK);
    assertThat(fresh).doesNotExist();

    Store store = Store.open(new StoreSettings.Sqlite(fresh));
    assertThat(Storage.examine(new StoreSettings.Sqlite(fresh)))
        .extracting(Finding::level)
        .containsExactly(Level.OK, Level.OK);
    store.close();
  }

  @Test
  void a_file_in_the_place_of_the_directory_and_rubbish_in_that_of_the_database_fail()
      throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(Storage.examine(new StoreSettings.Sqlite(file.resolve("data"))))
        .first()
        .extracting(Finding::level)
        .isEqualTo(Level.FAIL);

    Files.writeString(directory.resolve("sluice.db"), "no database ".repeat(500));
    assertThat(Storage.examine(new StoreSettings.Sqlite(directory)))
        .last()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.FAIL))
        .satisfies(finding -> assertThat(finding.message()).contains("sluice.db"));
  }

  @Test
  void a_postgresql_that_nobody_serves_fails() {
    assertThat(
            Storage.examine(
                new StoreSettings.PostgreSql("jdbc:postgresql://127.0.0.1:1/x", "x", "", 1)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.FAIL))
        .satisfies(finding -> assertThat(finding.message()).contains("cannot be reached"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, OK",
    "http://127.0.0.1, OK",
    "http://[::1]:8080, OK",
    "https://video.example.com, OK",
    "http://video.example.com, FAIL",
    "http://192.0.2.1:8080, FAIL"
  })
  void browsers_give_a_camera_to_https_and_localhost_only(URI url, Level level) {
    assertThat(Security.examine(settings(1, 1, LOOPBACK, Optional.of(url), Optional.empty()), NOW))
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "video.example.com, Video.Example.com, true",
    "*.example.com, video.example.com, true",
    "*.example.com, a.video.example.com, false",
    "*.example.com, example.com, false",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1, true",
    "192.0.2.1, 192.0.2.2, false"
  })
  void a_certificate_covers_its_names(String name, String host, boolean covered) {
    assertThat(Security.covers(name, host)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({
    "https://192.0.2.1, 0, WARN, vouches for itself",
    "https://video.example.com, 0, FAIL, and clients use video.example.com",
    "https://192.0.2.1, 400, FAIL, it expired",
    "https://192.0.2.1, -30, FAIL, it is good from"
  })
  void a_certificate_is_looked_at_as_a_browser_would(URI url, int days, Level level, String message)
      throws Exception {
    DevCertificate made =
        DevCertificate.open(
            directory,
            "192.0.2.1",
            List.of(InetAddress.ofLiteral("192.0.2.1")),
            new SecureRandom(),
            () -> NOW);

    Stream<Finding> findings =
        Security.examine(
            settings(1, 1, LOOPBACK, Optional.of(url), Optional.of(made.files())),
            NOW.plus(Duration.ofDays(days)));

    assertThat(findings)
        .first()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(level))
        .satisfies(finding -> assertThat(finding.message()).contains(message));
  }

  @Test
  void the_machine_that_builds_this_is_fit_for_it() throws Exception {
    assertThat(Machine.examine(1))
        .filteredOn(finding -> !finding.check().equals("collector"))
        .extracting(Finding::level)
        .doesNotContain(Level.FAIL);
    assertThat(Machine.examine(Integer.MAX_VALUE - 500))
        .filteredOn(finding -> finding.check().equals("file descriptors"))
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(Level.WARN);
  }

  private static List<Finding> ports(
      int http, int media, InetAddress advertised, Optional<RunningServer> running) {
    return new Ports(
            settings(http, media, advertised, Optional.empty(), Optional.empty()),
            running,
            new SecureRandom())
        .examine()
        .toList();
  }

  private static ServerSettings settings(
      int http,
      int media,
      InetAddress advertised,
      Optional<URI> publicUrl,
      Optional<TlsFiles> tls) {
    GatewaySettings defaults = GatewaySettings.DEFAULT;
    return new ServerSettings(
        new GatewaySettings(
            LOOPBACK.getHostAddress(),
            http,
            defaults.bodyBytes(),
            defaults.signalling(),
            tls,
            List.of()),
        publicUrl,
        new ServerSettings.Media(
            new MediaAddresses(List.of(LOOPBACK), List.of(advertised)),
            media,
            1,
            RouterSettings.EVERY_VIDEO_CODEC,
            AdaptationSettings.DEFAULTS),
        SessionLimits.DEFAULT,
        new ServerSettings.Management.Off(),
        0,
        ServerSettings.Spelling.FILE);
  }

  private static int freeTcp() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static int freeUdp() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}

package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.AddressRange;
import dev.sluice.gateway.signalling.SignallingLimits;
import dev.sluice.gateway.signalling.SignallingTimeouts;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.session.SessionLimits;
import dev.sluice.store.StoreSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  private static final int PROCESSORS = 6;

  @TempDir private Path directory;

  @Test
  void an_empty_file_means_the_defaults() throws Exception {
    Configuration configuration = read("");

    assertThat(configuration.http().port()).isEqualTo(8080);
    assertThat(configuration.http().tls()).isEmpty();
    assertThat(configuration.media().workers()).isEqualTo(PROCESSORS);
    assertThat(configuration.store())
        .isEqualTo(new StoreSettings.Sqlite(directory.resolve("sluice-data")));
    assertThat(configuration.limits().session()).isEqualTo(SessionLimits.DEFAULT);
    assertThat(configuration.limits().signalling()).isEqualTo(SignallingLimits.DEFAULT);
    assertThat(configuration.limits().timeouts()).isEqualTo(SignallingTimeouts.DEFAULT);
    assertThat(configuration.metrics())
        .isEqualTo(new Configuration.Metrics(new MetricsListen.At("127.0.0.1", 9464), 0));
    assertThat(configuration.adaptation()).isEqualTo(AdaptationSettings.DEFAULTS);
    assertThat(configuration.shutdownGrace()).isZero();
  }

  @Test
  void what_is_written_holds() throws Exception {
    Configuration configuration =
        read(
            """
            http { host = "0.0.0.0", port = 443, public-url = "https://video.example.com/" }
            http.tls { certificate = "tls/chain.pem", key = /keys/key.pem }
            http.trusted-proxies = ["10.0.0.0/8", "::1"]
            http.allowed-origins = "https://a.example, https://b.example:8443"
            media { port = 20000, workers = 2, bind = ["192.0.2.1", "2001:db8::1"] }
            media.advertise = ["198.51.100.1", "2001:db8::2"]
            limits.signalling { message-size = 1MiB, messages-per-second = "5" }
            timeouts.ping-timeout = 1 m
            metrics.listen = "[::1]:9000"
            adaptation.estimator { start-rate = 600kbps, max-rate = 8 Mbps }
            log.level = DEBUG
            shutdown-grace = 30s
            """);

    assertThat(configuration.http())
        .isEqualTo(
            new Configuration.Http(
                "0.0.0.0",
                443,
                Optional.of(URI.create("https://video.example.com")),
                Optional.of(
                    new TlsFiles(
                        directory.resolve("tls/chain.pem"),
                        Path.of("/keys/key.pem"),
                        TlsFiles.CHECK_INTERVAL)),
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")),
                List.of(URI.create("https://a.example"), URI.create("https://b.example:8443"))));
    assertThat(configuration.media())
        .isEqualTo(
            new Configuration.Media(
                20_000,
                2,
                List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
                List.of(
                    InetAddress.ofLiteral("198.51.100.1"), InetAddress.ofLiteral("2001:db8::2")),
                RouterSettings.EVERY_VIDEO_CODEC));
    assertThat(configuration.limits().signalling().messageBytes()).isEqualTo(1024 * 1024);
    assertThat(configuration.limits().signalling().messagesPerSecond()).isEqualTo(5);
    assertThat(configuration.limits().timeouts().pingTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(configuration.metrics().listen()).isEqualTo(new MetricsListen.At("::1", 9000));
    assertThat(configuration.adaptation().estimator().startBps()).isEqualTo(600_000);
    assertThat(configuration.adaptation().estimator().maxBps()).isEqualTo(8_000_000);
    assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(configuration.shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void postgresql_takes_its_password_from_the_environment() throws Exception {
    Configuration configuration =
        read(
            """
            store {
              type = postgresql
              postgresql {
                url = "jdbc:postgresql://db/sluice", user = sluice, password = ${?DB_PASSWORD}
              }
            }
            """,
            Map.of("DB_PASSWORD", "s3cret"));

    assertThat(configuration.store())
        .isEqualTo(
            new StoreSettings.PostgreSql("jdbc:postgresql://db/sluice", "sluice", "s3cret", 10));
  }

  @Test
  void a_secret_is_shown_nowhere() throws Exception {
    Path file =
        write(
            """
            store.postgresql { url = "jdbc:postgresql://db/sluice", user = sluice, password = s3cret }
            store.type = postgresql
            """);
    ConfigurationFile read = ConfigurationFile.read(file, Map.of(), PROCESSORS);

    assertThat(read.toString()).doesNotContain("s3cret");
    assertThat(read.effective())
        .contains(
            new ConfigurationFile.EffectiveValue(
                "store.postgresql.password", "(hidden)", file + ":1"));
    assertThat(problems("store.postgresql.password = [s3cret]"))
        .singleElement()
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void an_environment_variable_that_does_not_fit_is_named() {
    assertThatThrownBy(() -> read("http.port = ${?PORT}", Map.of("PORT", "http")))
        .hasMessage(
            "environment variable PORT: http.port: \"http\" does not fit: a whole number from 1 to"
                + " 65535 is needed");
  }

  @Test
  void a_variable_that_is_not_set_is_an_error_unless_it_may_be_missing() throws Exception {
    assertThat(read("http.port = ${?PORT}").http().port()).isEqualTo(8080);
    assertThat(problems("\nhttp.port = ${PORT}"))
        .singleElement()
        .asString()
        .startsWith(file() + ":2: ")
        .contains("PORT");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "http.prot = 1 | there is no key http.prot; did you mean http.port?",
        "htttp { port = 1 } | there is no key htttp",
        "http = 8080 | http is a section: write http { … }",
        "http.port { a = 1 } | http.port: {\"a\":1} does not fit: a whole number from 1 to 65535 is"
            + " needed",
        "http.port = 0 | http.port: 0 does not fit: a whole number from 1 to 65535 is needed",
        "http.port = 80.5 | http.port: 80.5 does not fit",
        "http.port = 99999999999 | http.port: 99999999999 does not fit",
        "http.host = \"\" | http.host: \"\" does not fit: a text that is not empty is needed",
        "http.public-url = \"ftp://a\" | http.public-url: \"ftp://a\" does not fit: a URL of"
            + " scheme, host",
        "http.public-url = \"https://a/b\" | does not fit",
        "http.trusted-proxies = [\"10.0.0.0/33\"] | http.trusted-proxies: [\"10.0.0.0/33\"] does"
            + " not fit",
        "http.allowed-origins = [\"example.com\"] | does not fit: a list of origins",
        "http.tls.key = a.pem | http.tls.certificate: is missing beside http.tls.key",
        "http.tls.certificate = a.pem | http.tls.key: is missing beside http.tls.certificate",
        "media.bind = [\"0.0.0.0\"] | media.bind: 0.0.0.0 is not the address of one machine",
        "media.advertise = [\"example.com\"] | media.advertise: [\"example.com\"] does not fit: a"
            + " list of IP addresses",
        "media { bind = [\"192.0.2.1\"], advertise = [\"192.0.2.1\",\"192.0.2.2\"] } | has 2"
            + " addresses and media.bind has 1",
        "media { bind = [\"192.0.2.1\"], advertise = [\"2001:db8::1\"] } | cannot stand for"
            + " 192.0.2.1: one is IPv4",
        "media.bind = [\"192.0.2.1\", \"192.0.2.1\"] | media.bind: names an address twice",
        "media { port = 65535, workers = 2 } | 65535 leaves no room for 2 workers",
        "store.type = mysql | store.type: \"mysql\" does not fit: one of sqlite, postgresql is"
            + " needed",
        "store { type = postgresql, postgresql.url = \"jdbc:postgresql://a/b\" } |"
            + " store.postgresql.user: is missing",
        "store.postgresql.url = \"postgres://a/b\" | store.postgresql.url: \"postgres://a/b\" does"
            + " not fit",
        "shutdown-grace = 5 | shutdown-grace: 5 does not fit: a time from 0s to 1d with its unit",
        "timeouts.connect = 1ms | timeouts.connect: \"1ms\" does not fit: a time from 1s to 1h",
        "timeouts.ping-timeout = 5s | timeouts.ping-timeout: must be longer than"
            + " timeouts.ping-interval",
        "limits.rest.body-size = 65536 | does not fit: a size from 1KiB to 8MiB with its unit",
        "limits.signalling.message-size = 2KiB | first-message-size: must not be larger than"
            + " limits.signalling.message-size",
        "metrics.listen = \"9464\" | metrics.listen: \"9464\" does not fit: \"HOST:PORT\", or"
            + " \"off\" is needed",
        "metrics.listen = \"::1:9464\" | does not fit",
        "adaptation.estimator.start-rate = 1 | adaptation.estimator.start-rate: 1 does not fit: a bitrate from"
            + " 1bps to 10000Mbps with its unit (bps, kbps, Mbps) is needed",
        "adaptation.estimator { min-rate = 2Mbps, max-rate = 1Mbps } | adaptation.estimator.min-rate: does not go"
            + " with the rest of adaptation.estimator",
        "adaptation.estimate.start-rate = 1Mbps | there is no key adaptation.estimate",
        "log.level = loud | log.level: \"loud\" does not fit: one of error, warn, info, debug,"
            + " trace is needed"
      })
  void what_does_not_fit_is_told_with_what_is_needed(String text, String message) {
    assertThat(problems(text)).singleElement().asString().contains(message);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_line() {
    assertThat(problems("http.port = x\nmedia.wokers = 1\n\nlog { level = 7 }"))
        .map(Problem::where)
        .containsExactlyInAnyOrder(file() + ":1", file() + ":2", file() + ":4");
  }

  @Test
  void a_file_that_is_not_hocon_is_told_with_its_line() {
    assertThat(problems("http {\n port = \n")).singleElement().asString().startsWith(file() + ":");
  }

  @Test
  void a_file_that_is_not_there_or_no_file_is_told_by_name() {
    for (Path path : List.of(directory.resolve("missing.conf"), directory)) {
      assertThatThrownBy(() -> ConfigurationFile.read(path, Map.of(), PROCESSORS))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(path + ": cannot be read")
          .message()
          .doesNotContain("\n", "Exception");
    }
  }

  @Test
  void metrics_can_be_off_and_a_null_takes_a_value_back() throws Exception {
    assertThat(read("metrics.listen = off").metrics().listen()).isEqualTo(new MetricsListen.Off());
    assertThat(read("http.port = 1\nhttp.port = null").http().port()).isEqualTo(8080);
  }

  private Configuration read(String text) throws IOException, ConfigurationException {
    return read(text, Map.of());
  }

  private Configuration read(String text, Map<String, String> environment)
      throws IOException, ConfigurationException {
    return ConfigurationFile.read(write(text), environment, PROCESSORS).configuration();
  }

  private List<Problem> problems(String text) {
    try {
      Configuration read = read(text);
      throw new AssertionError("it was read as " + read);
    } catch (ConfigurationException e) {
      return e.problems();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(file(), text);
  }

  private Path file() {
    return directory.resolve("sluice.conf");
  }
}

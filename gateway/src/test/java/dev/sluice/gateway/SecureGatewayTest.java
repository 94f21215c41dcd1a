package dev.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.testing.OpenSsl;
import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.gateway.tls.UnusableCertificateException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS in the gateway itself, and behind a proxy. */
final class SecureGatewayTest {
  private static final List<HttpRoute> WHO =
      List.of(
          new HttpRoute(
              HttpMethod.GET,
              "/who",
              call -> HttpAnswer.json(200, Map.of("address", call.clientAddress()))));

  @TempDir private static Path directory;

  @BeforeAll
  static void make() {
    OpenSsl openssl = new OpenSsl(directory);
    openssl.certificate("first", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
    openssl.certificate("second", "rsa:2048");
  }

  @Test
  void answers_https_and_secure_web_sockets() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(settings("first"), WHO);
        HttpClient client = client("first")) {
      assertThat(get(client, gateway.port())).isEqualTo("{\"address\":\"127.0.0.1\"}");
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .subprotocols("sluice.v1")
              .buildAsync(
                  URI.create("wss://localhost:" + gateway.port() + "/v1/signalling"),
                  new WebSocket.Listener() {})
              .join();
      assertThat(socket.getSubprotocol()).isEqualTo("sluice.v1");
      socket.abort();
    }
  }

  @Test
  void takes_a_new_certificate_without_a_restart() throws Exception {
    Files.copy(directory.resolve("first.crt"), directory.resolve("current.crt"));
    Files.copy(directory.resolve("first.key"), directory.resolve("current.key"));
    try (RunningGateway gateway = RunningGateway.start(settings("current"), WHO);
        HttpClient old = client("first")) {
      assertThat(get(old, gateway.port())).contains("127.0.0.1");
      for (String end : List.of(".crt", ".key")) {
        Files.copy(
            directory.resolve("second" + end),
            directory.resolve("current" + end),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Awaitility.await()
          .ignoreExceptions()
          .until(
              () -> {
                try (HttpClient client = client("second")) {
                  return get(client, gateway.port()).contains("127.0.0.1");
                }
              });
    }
  }

  @Test
  void a_certificate_that_cannot_be_used_is_told_before_anything_listens() {
    assertThatThrownBy(() -> RunningGateway.start(settings("missing"), WHO))
        .hasRootCauseInstanceOf(java.nio.file.NoSuchFileException.class)
        .cause()
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining("missing.crt does not exist");
  }

  @Test
  void believes_a_listed_proxy_and_takes_the_last_address_that_is_none_of_ours() {
    GatewaySettings settings = behind("127.0.0.0/8", "10.0.0.0/8");
    try (RunningGateway gateway = RunningGateway.start(settings, WHO)) {
      assertThat(who(gateway, "X-Forwarded-For: 192.0.2.7")).contains("192.0.2.7");
      assertThat(who(gateway, "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3"))
          .contains("192.0.2.7");
      assertThat(who(gateway, "X-Forwarded-For: [2001:db8::7]:4711")).contains("2001:db8");
      assertThat(who(gateway, "X-Forwarded-For: 192.0.2.7:80")).contains("192.0.2.7");
      assertThat(who(gateway, "X-Forwarded-For: 6.6.6.6, unknown")).contains("127.0.0.1");
      assertThat(who(gateway, "X-Forwarded-For: 10.0.0.1")).contains("10.0.0.1");
      assertThat(who(gateway, "X-Forwarded-Proto: https")).contains("127.0.0.1");
    }
  }

  @Test
  void ignores_what_anybody_else_says_about_where_it_comes_from() {
    try (RunningGateway gateway = RunningGateway.start(behind("10.0.0.0/8"), WHO)) {
      assertThat(who(gateway, "X-Forwarded-For: 192.0.2.7")).contains("127.0.0.1");
      assertThat(who(gateway, "Forwarded: for=192.0.2.7")).contains("127.0.0.1");
    }
  }

  private static String who(RunningGateway gateway, String header) {
    return RawHttp.exchange(
            gateway.port(), "GET /who HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n")
        .body();
  }

  private static String get(HttpClient client, int port) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/who")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static GatewaySettings settings(String name) {
    GatewaySettings defaults = GatewaySettings.DEFAULT;
    return new GatewaySettings(
        "127.0.0.1",
        0,
        defaults.bodyBytes(),
        defaults.signalling(),
        Optional.of(
            new TlsFiles(
                directory.resolve(name + ".crt"),
                directory.resolve(name + ".key"),
                Duration.ofMillis(50))),
        List.of());
  }

  private static GatewaySettings behind(String... proxies) {
    GatewaySettings defaults = GatewaySettings.DEFAULT;
    return new GatewaySettings(
        "127.0.0.1",
        0,
        defaults.bodyBytes(),
        defaults.signalling(),
        Optional.empty(),
        List.of(proxies).stream().map(AddressRange::parse).toList());
  }

  private static HttpClient client(String trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(directory.resolve(trusted + ".crt"))) {
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}

package dev.sluice.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.GatewaySettings;
import dev.sluice.gateway.tls.TlsFiles;
import dev.sluice.router.RouterSettings;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.server.MediaAddresses;
import dev.sluice.server.ServerSettings;
import dev.sluice.server.StartException;
import dev.sluice.server.admin.Administration;
import dev.sluice.server.admin.RemoteAdministration;
import dev.sluice.session.SessionLimits;
import dev.sluice.store.StoreSettings;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as {@code serve} starts it, on free ports. */
class ConfiguredServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path directory;

  @Test
  void everybody_learns_the_state_and_operators_learn_the_rest_on_their_own_port()
      throws Exception {
    int http = freeTcp();
    int management = freeTcp();
    try (ConfiguredServer server =
            ConfiguredServer.start(settings(http, management, Optional.empty()), store());
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, http, "/health").body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(get(client, http, "/metrics").statusCode()).isEqualTo(404);
      assertThat(get(client, management, "/health").body())
          .contains("\"workers\":[", "\"processId\":" + ProcessHandle.current().pid());
      assertThat(get(client, management, "/metrics").body())
          .contains(
              "sluice_signalling_sockets 0.0",
              "sluice_rooms{worker=\"0\"} 0.0",
              "sluice_tracks 0.0");
      assertThat(get(client, management, "/session/create").statusCode()).isEqualTo(404);

      Administration operator = RemoteAdministration.find(directory).orElseThrow();
      assertThat(operator.createApplication("Doctors").application().name()).isEqualTo("Doctors");
      assertThat(operator.applications()).hasSize(1);

      server.waitForPeopleToLeave(Duration.ofSeconds(30));
      HttpResponse<String> stopping = get(client, http, "/health");
      assertThat(stopping.statusCode()).isEqualTo(503);
      assertThat(stopping.body()).isEqualTo("{\"status\":\"stopping\"}");
    }
    assertThat(RemoteAdministration.find(directory)).isEmpty();
  }

  @Test
  void what_cannot_be_had_is_told_by_key_and_everything_is_given_back() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertRefused(
          settings(taken.getLocalPort(), freeTcp(), Optional.empty()),
          "port " + taken.getLocalPort() + ": the port is in use",
          "http.port");
      assertRefused(
          settings(freeTcp(), taken.getLocalPort(), Optional.empty()),
          "port " + taken.getLocalPort() + ": the port is in use",
          "metrics.listen");
    }
    TlsFiles missing =
        new TlsFiles(
            directory.resolve("missing.pem"), directory.resolve("key"), Duration.ofSeconds(1));
    assertRefused(
        settings(freeTcp(), freeTcp(), Optional.of(missing)), "missing.pem does not exist");
    // The store and the ports are free again.
    ConfiguredServer.start(settings(freeTcp(), freeTcp(), Optional.empty()), store()).close();
  }

  private void assertRefused(ServerSettings settings, String... parts) {
    assertThatThrownBy(() -> ConfiguredServer.start(settings, store()))
        .isInstanceOf(StartException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  private StoreSettings store() {
    return new StoreSettings.Sqlite(directory);
  }

  private static ServerSettings settings(int http, int management, Optional<TlsFiles> tls)
      throws Exception {
    GatewaySettings defaults = GatewaySettings.DEFAULT;
    return new ServerSettings(
        new GatewaySettings(
            LOOPBACK.getHostAddress(),
            http,
            defaults.bodyBytes(),
            defaults.signalling(),
            tls,
            List.of()),
        Optional.empty(),
        new ServerSettings.Media(
            new MediaAddresses(List.of(LOOPBACK), List.of(LOOPBACK)),
            freeUdp(),
            1,
            RouterSettings.EVERY_VIDEO_CODEC,
            AdaptationSettings.DEFAULTS),
        SessionLimits.DEFAULT,
        new ServerSettings.Management.Own(LOOPBACK.getHostAddress(), management),
        100,
        ServerSettings.Spelling.FILE);
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
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

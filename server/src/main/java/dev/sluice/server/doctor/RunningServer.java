package dev.sluice.server.doctor;

import dev.sluice.server.ServerSettings;
import dev.sluice.server.admin.RemoteAdministration;
import dev.sluice.store.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server that already runs with these settings.
 *
 * @param name for messages
 */
record RunningServer(String name) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** By its socket in the data directory, or by the health that it shows operators. */
  static Optional<RunningServer> find(ServerSettings settings, StoreSettings store)
      throws InterruptedException {
    if (store instanceof StoreSettings.Sqlite(var directory)
        && RemoteAdministration.find(directory).isPresent()) {
      return Optional.of(
          new RunningServer("the running server with the data directory " + directory));
    }
    return switch (settings.management()) {
      case ServerSettings.Management.Own(String host, int port) -> byHealth(host, port);
      case ServerSettings.Management.OnFrontDoor _, ServerSettings.Management.Off _ ->
          Optional.empty();
    };
  }

  private static Optional<RunningServer> byHealth(String host, int port)
      throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      URI uri = new URI("http", null, host, port, "/health", null, null);
      JsonNode health =
          JsonMapper.builder()
              .build()
              .readTree(
                  client
                      .send(
                          HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                          BodyHandlers.ofString())
                      .body());
      JsonNode processId = health.path("processId");
      return processId.isNumber()
          ? Optional.of(new RunningServer("the running server, process " + processId.longValue()))
          : Optional.empty();
    } catch (IOException | JacksonException | URISyntaxException | IllegalArgumentException e) {
      // Nobody is there, or somebody else.
      return Optional.empty();
    }
  }
}

package dev.sluice.server.admin;

import dev.sluice.gateway.auth.RestTokenMinter;
import dev.sluice.server.admin.Administration.SessionEntry;
import dev.sluice.session.ApplicationId;
import dev.sluice.session.MediaMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes sessions at a server anywhere, as an application's server does. Blocking; any thread. */
public final class RestSessions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final URI server;
  private final InstantSource clock;

  public RestSessions(URI server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /** {@code POST /session/create}. */
  public SessionEntry create(ApplicationId application, RSAPrivateKey key, MediaMode mediaMode)
      throws AdministrationException {
    String mode = mediaMode.name().toLowerCase(Locale.ROOT);
    HttpResponse<String> response =
        send(
            request(application, key)
                .POST(BodyPublishers.ofString("p2p.preference=" + mode))
                .build());
    if (response.statusCode() != OK) {
      throw new AdministrationException(
          "%s answered %d: %s".formatted(server, response.statusCode(), message(response.body())));
    }
    JsonNode session = tree(response.body()).path(0).path("session_id");
    if (!session.isString()) {
      throw new AdministrationException(
          server + " answered without a session: is it a Sluice server?");
    }
    return new SessionEntry(
        session.stringValue(),
        application.toString(),
        mode,
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private HttpRequest.Builder request(ApplicationId application, RSAPrivateKey key)
      throws AdministrationException {
    try {
      return HttpRequest.newBuilder(
              URI.create(server.toString().replaceFirst("/+$", "") + "/session/create"))
          .timeout(PATIENCE)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .header("Authorization", "Bearer " + new RestTokenMinter(key, clock).mint(application));
    } catch (IllegalArgumentException e) {
      throw new AdministrationException(
          "--url %s: http://HOST[:PORT] or https://HOST[:PORT] is needed".formatted(server), e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws AdministrationException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (SSLException e) {
      throw new AdministrationException(
          "%s shows a certificate that this JDK does not trust: SLUICE_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE names others"
              .formatted(server),
          e);
    } catch (IOException e) {
      throw new AdministrationException(
          "%s cannot be reached (%s): is the server running there?"
              .formatted(server, String.valueOf(e.getMessage())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdministrationException("interrupted while waiting for " + server, e);
    }
  }

  private static String message(String body) throws AdministrationException {
    return tree(body).path("message").asString("no message");
  }

  private static JsonNode tree(String body) throws AdministrationException {
    try {
      return AdminMessages.JSON.readTree(body);
    } catch (JacksonException e) {
      throw new AdministrationException("the answer is not JSON: is it a Sluice server?", e);
    }
  }
}

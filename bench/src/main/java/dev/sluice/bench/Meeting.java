package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A meeting of {@code sluice dev}, which gives tokens to anybody. */
record Meeting(HttpClient http, URI server, String id) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  record Ticket(String sessionId, String token) {}

  static Meeting start(HttpClient http, URI server) throws IOException, InterruptedException {
    JsonNode answer = post(http, server.resolve("/meet/api/meetings"), "{}");
    return new Meeting(http, server, answer.get("meetingId").asString());
  }

  Ticket enter() throws IOException, InterruptedException {
    JsonNode answer =
        post(http, server.resolve("/meet/api/meetings/" + id + "/tokens"), "{\"name\":\"load\"}");
    return new Ticket(answer.get("sessionId").asString(), answer.get("token").asString());
  }

  private static JsonNode post(HttpClient http, URI address, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(address)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          "%s answered %d %s".formatted(address, response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }
}

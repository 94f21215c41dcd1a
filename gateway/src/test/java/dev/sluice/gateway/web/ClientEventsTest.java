package dev.sluice.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RunningGateway;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class ClientEventsTest {
  @Test
  void a_page_of_any_origin_learns_that_the_server_can_be_reached() {
    try (RunningGateway gateway = RunningGateway.start()) {
      HttpResponse<String> answer =
          gateway.send(
              HttpRequest.newBuilder(gateway.uri("/tokbox/logging/ClientEvent"))
                  .header("Origin", "https://app.example.com")
                  .POST(BodyPublishers.noBody()));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }
  }
}

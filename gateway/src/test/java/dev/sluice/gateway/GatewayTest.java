package dev.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.http.ApiError;
import dev.sluice.gateway.http.ApiErrorException;
import dev.sluice.gateway.http.HttpAnswer;
import dev.sluice.gateway.http.HttpMethod;
import dev.sluice.gateway.http.HttpRoute;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Starting, stopping and what the server adds. */
final class GatewayTest {
  private record Name(@Nullable String name) {}

  @Test
  void a_port_in_use_is_said_to_be() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        assertThatThrownBy(() -> Listeners.bind(host, other.getLocalPort()))
            .isInstanceOfSatisfying(
                CannotListenException.class,
                e -> assertThat(e.reason()).isEqualTo(CannotListenException.Reason.PORT_IN_USE))
            .hasMessageContaining("port " + other.getLocalPort() + ": the port is in use");
      }
    }
  }

  @Test
  void an_address_of_another_machine_is_said_to_be() {
    assertThatThrownBy(() -> Listeners.bind("192.0.2.1", 0))
        .isInstanceOfSatisfying(
            CannotListenException.class,
            e -> assertThat(e.reason()).isEqualTo(CannotListenException.Reason.NOT_OUR_ADDRESS));
    assertThatThrownBy(() -> Listeners.bind("no-such-host.invalid", 0))
        .isInstanceOfSatisfying(
            CannotListenException.class,
            e -> assertThat(e.reason()).isEqualTo(CannotListenException.Reason.UNKNOWN_HOST));
  }

  @Test
  void a_port_is_free_again_once_the_gateway_is_closed() throws IOException {
    int port;
    try (RunningGateway gateway = RunningGateway.start()) {
      port = gateway.port();
      assertThat(gateway.send(gateway.request("/")).statusCode()).isEqualTo(200);
    }
    Listeners.bind("127.0.0.1", port).close();
  }

  @Test
  void closing_takes_less_than_a_second_and_tells_the_sockets() throws IOException {
    RunningGateway gateway = RunningGateway.start();
    Session session = gateway.newSession();
    List<SignallingClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(gateway.join(session, "publisher"));
    }
    SignallingClient deaf = clients.getFirst();
    deaf.stopReading();
    // A connection that never asks for anything.
    try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      assertThat(gateway.gateway().openSockets()).isEqualTo(20);

      long before = System.nanoTime();
      gateway.close();
      Duration taken = Duration.ofNanos(System.nanoTime() - before);

      assertThat(taken).isLessThan(Duration.ofSeconds(1));
      for (SignallingClient client : clients.subList(1, clients.size())) {
        assertThat(client.closeCode()).isEqualTo(1001);
      }
      assertThat(idle.isConnected()).isTrue();
    }
  }

  @Test
  void the_server_adds_routes_of_its_own() {
    List<HttpRoute> routes =
        List.of(
            new HttpRoute(
                HttpMethod.GET, "/health", _ -> HttpAnswer.json(200, Map.of("status", "ok"))),
            new HttpRoute(
                HttpMethod.POST,
                "/meet/api/meetings/{meetingId}/tokens",
                call ->
                    HttpAnswer.json(
                        201,
                        Map.of(
                            call.pathParameter("meetingId"),
                            String.valueOf(call.jsonBody(Name.class).name()),
                            "from",
                            call.clientAddress()))),
            new HttpRoute(
                HttpMethod.GET,
                "/overflow",
                _ -> {
                  throw new StackOverflowError("secret internals");
                }),
            new HttpRoute(
                HttpMethod.GET,
                "/teapot",
                call -> {
                  throw new ApiErrorException(
                      ApiError.of(418, "no " + call.queryParameter("drink").orElse("tea")));
                }));
    try (RunningGateway gateway = RunningGateway.start(routes)) {
      assertThat(gateway.send(gateway.request("/health")).body()).isEqualTo("{\"status\":\"ok\"}");
      HttpResponse<String> token =
          gateway.send(
              gateway
                  .request("/meet/api/meetings/m-1/tokens")
                  .POST(BodyPublishers.ofString("{\"name\":\"Ada\",\"x\":1}")));
      assertThat(token.statusCode()).isEqualTo(201);
      assertThat(token.body()).contains("\"m-1\":\"Ada\"").contains("\"from\":\"127.0.0.1\"");
      HttpResponse<String> teapot = gateway.send(gateway.request("/teapot?drink=coffee"));
      assertThat(teapot.statusCode()).isEqualTo(418);
      assertThat(teapot.body()).contains("no coffee");
      HttpResponse<String> overflow = gateway.send(gateway.request("/overflow"));
      assertThat(overflow.statusCode()).isEqualTo(500);
      assertThat(overflow.body()).startsWith("{\"code\":500").doesNotContain("secret");
    }
  }
}

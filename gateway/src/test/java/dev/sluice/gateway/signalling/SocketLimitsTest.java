package dev.sluice.gateway.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.testing.RawHttp;
import dev.sluice.gateway.testing.RunningGateway;
import dev.sluice.gateway.testing.SignallingClient;
import dev.sluice.session.Session;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a socket may do to the server, on started gateways. */
final class SocketLimitsTest {
  private static final String UPGRADE =
      """
      GET /v1/signalling HTTP/1.1\r
      Host: localhost\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      """;

  @Test
  void without_the_subprotocol_the_upgrade_is_refused_with_400() {
    try (RunningGateway gateway = RunningGateway.start()) {
      RawHttp.Answer answer = RawHttp.exchange(gateway.port(), UPGRADE + "\r\n");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("content-type")).contains("application/json");
      assertThat(answer.body()).contains("\"code\":400").contains("sluice.v1");
    }
  }

  @Test
  void a_plain_get_is_refused_with_400() {
    try (RunningGateway gateway = RunningGateway.start()) {
      var answer = gateway.send(gateway.request("/v1/signalling"));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":400");
    }
  }

  @Test
  void the_subprotocol_is_taken_from_a_list_and_compression_is_declined() {
    try (RunningGateway gateway = RunningGateway.start()) {
      RawHttp.Answer answer =
          RawHttp.exchange(
              gateway.port(),
              UPGRADE
                  + "Sec-WebSocket-Protocol: other, sluice.v1\r\n"
                  + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.header("sec-websocket-protocol")).contains("sluice.v1");
      assertThat(answer.header("sec-websocket-extensions")).isEmpty();
    }
  }

  @Test
  void only_allowed_origins_may_open_a_socket() {
    SignallingSettings settings =
        new SignallingSettings(
            SignallingLimits.DEFAULT,
            SignallingTimeouts.DEFAULT,
            Optional.of(Set.of("https://app.example")));
    try (RunningGateway gateway = RunningGateway.start(settings)) {
      String protocol = "Sec-WebSocket-Protocol: sluice.v1\r\n";
      assertThat(
              RawHttp.exchange(
                      gateway.port(), UPGRADE + protocol + "Origin: https://evil.example\r\n\r\n")
                  .status())
          .isEqualTo(403);
      assertThat(
              RawHttp.exchange(
                      gateway.port(), UPGRADE + protocol + "Origin: https://app.example\r\n\r\n")
                  .status())
          .isEqualTo(101);
      assertThat(RawHttp.exchange(gateway.port(), UPGRADE + protocol + "\r\n").status())
          .isEqualTo(101);
    }
  }

  @Test
  void what_is_not_the_protocol_is_closed_with_4400() {
    try (RunningGateway gateway = RunningGateway.start()) {
      List<Consumer<SignallingClient>> offences =
          List.of(
              client -> client.sendText("hello"),
              client -> client.sendText("{\"type\":\"ping\"}"),
              client -> client.sendBinary(new byte[] {1}),
              client -> client.sendBinary(new byte[100_000]));
      for (Consumer<SignallingClient> offence : offences) {
        try (SignallingClient client = gateway.open()) {
          offence.accept(client);
          assertThat(client.closeCode()).isEqualTo(4400);
        }
      }
    }
  }

  @Test
  void a_message_over_the_limit_is_closed_with_1009() {
    try (RunningGateway gateway = RunningGateway.start()) {
      Session session = gateway.newSession();
      try (SignallingClient stranger = gateway.open();
          SignallingClient member = gateway.join(session, "publisher")) {
        stranger.sendText("{\"id\":1,\"x\":\"" + "a".repeat(32 * 1024) + "\"}");
        assertThat(stranger.closeCode()).isEqualTo(1009);

        String sdp = "a=x\r\n".repeat(50_000);
        assertThat(member.errorOf("subscribeAnswer", Map.of("revision", 3, "sdp", sdp)))
            .isEqualTo("stale_revision");
        member.request("subscribeAnswer", Map.of("revision", 3, "sdp", sdp + sdp));
        assertThat(member.closeCode()).isEqualTo(1009);
      }
    }
  }

  @Test
  void a_message_far_over_the_limit_is_read_to_its_end_before_the_close() throws IOException {
    try (RunningGateway gateway = RunningGateway.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          (UPGRADE + "Sec-WebSocket-Protocol: sluice.v1\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      byte[] part = new byte[100_000];
      // FIN, text; the mask leaves the zeros as they are. RFC 6455 §5.2.
      out.write(
          ByteBuffer.allocate(14)
              .put(new byte[] {(byte) 0x81, (byte) 0xFF})
              .putLong(80L * part.length)
              .array());
      for (int i = 0; i < 80; i++) {
        out.write(part);
      }
      assertThat(closeCode(socket)).isEqualTo(1009);
      assertThat(socket.getInputStream().read()).as("the end of the connection").isEqualTo(-1);
    }
  }

  @Test
  void a_client_that_stops_reading_is_dropped_and_the_others_do_not_wait() {
    SignallingLimits limits =
        Limits.with(
            some -> {
              some.messagesPerSecond = 100_000;
              some.messagesAtOnce = 100_000;
              some.queuedMessages = 200;
              some.queuedChars = 400_000;
            });
    // So that it is not its silence that ends it.
    SignallingTimeouts patient =
        new SignallingTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(30));
    SignallingSettings settings = new SignallingSettings(limits, patient, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings)) {
      Session session = gateway.newSession();
      try (SignallingClient sender = gateway.join(session, "publisher");
          SignallingClient deaf = gateway.join(session, "subscriber")) {
        deaf.stopReading();
        sender.event("connectionCreated");
        Map<String, String> signal = Map.of("data", "d".repeat(8000));
        // The kernel's buffers on both sides take some megabytes before anything waits.
        String event = "signal";
        for (int i = 0; i < 5000 && event.equals("signal"); i++) {
          sender.ask("signal", signal);
          event = sender.event().get("event").stringValue();
        }
        assertThat(event).isEqualTo("connectionDestroyed");
      }
    }
  }

  @Test
  void a_client_that_falls_silent_is_dropped_after_the_ping_timeout() {
    SignallingTimeouts timeouts =
        new SignallingTimeouts(
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMillis(600),
            Duration.ofMillis(100),
            Duration.ofMillis(300));
    SignallingSettings settings =
        new SignallingSettings(SignallingLimits.DEFAULT, timeouts, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings)) {
      Session session = gateway.newSession();
      try (SignallingClient alive = gateway.join(session, "publisher");
          SignallingClient silent = gateway.join(session, "publisher")) {
        alive.event("connectionCreated");
        // A client that reads nothing answers no ping.
        silent.stopReading();
        silent.request("ping", Map.of());
        assertThat(alive.event("connectionDestroyed").get("reason").stringValue())
            .isEqualTo("networkDisconnected");
        alive.expectNothing();
      }
    }
  }

  @Test
  void a_frame_that_is_compressed_all_the_same_is_closed_with_1002() throws IOException {
    try (RunningGateway gateway = RunningGateway.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      String upgrade =
          UPGRADE
              + "Sec-WebSocket-Protocol: sluice.v1\r\n"
              + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
      socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
      // RFC 7692 §6: RSV1 marks a compressed message. FIN, RSV1, text; masked, no content.
      socket.getOutputStream().write(new byte[] {(byte) 0xC1, (byte) 0x80, 1, 2, 3, 4});
      assertThat(closeCode(socket)).isEqualTo(1002);
    }
  }

  @Test
  void random_frames_disturb_nobody() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (RunningGateway gateway = RunningGateway.start()) {
      Session session = gateway.newSession();
      try (SignallingClient member = gateway.join(session, "publisher")) {
        for (int i = 0; i < 100; i++) {
          try (SignallingClient hostile = gateway.open()) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
              hostile.sendBinary(bytes);
            } else {
              hostile.sendText(new String(bytes, StandardCharsets.ISO_8859_1));
            }
            assertThat(hostile.closeCode()).as("seed %d", seed).isEqualTo(4400);
          }
        }
        member.expectNothing();
      }
    }
  }

  @Test
  void who_floods_is_closed_with_4429_after_being_told() {
    SignallingLimits limits =
        Limits.with(
            some -> {
              some.messagesPerSecond = 1;
              some.messagesAtOnce = 20;
              some.refusedMessages = 30;
            });
    SignallingSettings settings =
        new SignallingSettings(limits, SignallingTimeouts.DEFAULT, Optional.empty());
    try (RunningGateway gateway = RunningGateway.start(settings);
        SignallingClient client = gateway.join(gateway.newSession(), "publisher")) {
      String last = "";
      for (int i = 0; i < 20; i++) {
        last = client.errorOf("ping", Map.of());
      }
      assertThat(last).isEqualTo("rate_limited");
      for (int i = 0; i < 60; i++) {
        client.request("ping", Map.of());
      }
      assertThat(client.closeCode()).isEqualTo(4429);
    }
  }

  /** Of the close frame that the server sends right after a handshake without extensions. */
  private static int closeCode(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    assertThat(head.toString())
        .startsWith("HTTP/1.1 101")
        .doesNotContainIgnoringCase("permessage-deflate");
    assertThat(in.readUnsignedByte()).as("a close frame").isEqualTo(0x88);
    byte[] payload = in.readNBytes(in.readUnsignedByte());
    return ByteBuffer.wrap(payload).getShort();
  }
}

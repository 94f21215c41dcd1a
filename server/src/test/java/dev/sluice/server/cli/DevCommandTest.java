package dev.sluice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DevCommandTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("--port", "0", "--port 0: a port is a number from 1 to 65535"),
        Arguments.of("--port", "65536", "a port is a number from 1 to 65535"),
        Arguments.of("--port", "http", "--port"),
        Arguments.of("--media-port", "-1", "a port is a number from 1 to 65535"),
        Arguments.of("--workers", "257", "--workers 257: 0 to 256 are possible"),
        Arguments.of("--max-connections", "0", "--max-connections 0: 1 to 10000 are possible"),
        Arguments.of("--max-streams", "65", "--max-streams 65: 1 to 64 are possible"),
        Arguments.of("--max-subscriptions", "257", "1 to 256 are possible"),
        Arguments.of("--max-sockets", "0", "--max-sockets 0: 1 to 1000000 are possible"),
        Arguments.of("--max-message-bytes", "100", "32768 to 8388608 are possible"),
        Arguments.of("--max-messages-per-second", "0", "1 to 10000 are possible"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("mistakes")
  void a_value_out_of_range_is_one_line_that_says_what_is_possible(
      String option, String value, String message) {
    assertThat(run("dev", "--data", directory.toString(), option, value)).isEqualTo(2);
    assertThat(errors()).contains(message).containsOnlyOnce("\n");
  }

  @Test
  void a_media_port_without_room_for_every_worker_is_refused() {
    assertThat(run("dev", "--media-port", "65530", "--workers", "10")).isEqualTo(2);
    assertThat(errors()).contains("no room for 10 workers");
  }

  @Test
  void an_advertised_name_is_refused_because_clients_get_the_address_itself() {
    assertThat(run("dev", "--data", directory.toString(), "--advertise", "example.com"))
        .isEqualTo(1);
    assertThat(errors()).contains("example.com is not an IP address").containsOnlyOnce("\n");
  }

  @Test
  void help_lists_every_option_with_its_default() {
    assertThat(run("dev", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--port", "8080", "--data", "--host", "--media-port", "10000", "--advertise")
        .contains("--max-connections", "200");
  }

  @Test
  void no_command_is_wrong_usage() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("Usage: sluice");
  }

  private int run(String... arguments) {
    return SluiceCommand.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

package dev.sluice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SluiceCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "--port=70000, --port 70000",
    "--media-port=http, --media-port",
    "--workers=-1, --workers -1",
    "--prot=1, --prot=1"
  })
  void a_mistake_in_the_options_is_told_in_one_line(String option, String named) {
    assertThat(run("dev", option)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("sluice: ")
        .contains(named)
        .endsWith("'sluice dev --help' lists the options");
    assertThat(out.size()).isZero();
  }

  @Test
  void help_is_no_mistake() {
    assertThat(run("dev", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--media-port");
    assertThat(err.size()).isZero();
  }

  private int run(String... arguments) {
    return SluiceCommand.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}

package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A configuration file holds what it says, or is refused with what is wrong and where. */
public final class ConfigurationFileFuzz {
  private static final int PROCESSORS = 2;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PORT", "8443", "DB_PASSWORD", "s3cret", "HOST", "0.0.0.0");

  private ConfigurationFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    // It would read other files, and URLs
    if (new String(input, StandardCharsets.UTF_8).contains("include")) {
      return;
    }
    Path file = Files.createTempFile("sluice", ".conf");
    try {
      Files.write(file, input);
      check(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void check(Path file) {
    try {
      ConfigurationFile read = ConfigurationFile.read(file, ENVIRONMENT, PROCESSORS);
      assertThat(read.effective())
          .extracting(ConfigurationFile.EffectiveValue::key)
          .doesNotHaveDuplicates()
          .hasSameSizeAs(Keys.ALL);
      assertThat(read.toString()).doesNotContain(ENVIRONMENT.get("DB_PASSWORD"));
      assertThat(read.configuration().http().port()).isBetween(0, 65_535);
      assertThat(read.configuration().media().workers()).isPositive();
      assertThat(read.configuration().shutdownGrace()).isGreaterThanOrEqualTo(Duration.ZERO);
    } catch (ConfigurationException refused) {
      assertThat(refused.problems()).isNotEmpty();
      for (Problem problem : refused.problems()) {
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.where()).isNotBlank();
      }
    }
  }
}

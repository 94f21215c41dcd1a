package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
  private static final RecordKeys<Constants> KEYS =
      new RecordKeys<>(
          "fallback",
          new Constants(
              30_000,
              1_500,
              1.2,
              15,
              230_400,
              new Constants.Fuse(60_000, 2, Duration.ofSeconds(3))));

  /** Of every kind that constants have. */
  record Constants(
      long hardBps, int warnMillis, double warnFactor, int packets, long pixels, Fuse fuse) {
    /** A section within. */
    record Fuse(long pinnedMillis, int most, Duration within) {
      Fuse {
        if (most > pinnedMillis) {
          throw new IllegalArgumentException("most %d in %d ms".formatted(most, pinnedMillis));
        }
      }
    }
  }

  @Test
  void every_component_has_a_key_with_its_unit_and_default() {
    assertThat(KEYS.keys())
        .extracting(key -> key.path() + " = " + key.shownFallback().orElse(""))
        .containsExactly(
            "fallback.hard-rate = 30kbps",
            "fallback.warn-time = 1500ms",
            "fallback.warn-factor = 1.2",
            "fallback.packets = 15",
            "fallback.pixels = 230400",
            "fallback.fuse.pinned-time = 1m",
            "fallback.fuse.most = 2",
            "fallback.fuse.within = 3s");
  }

  @Test
  void what_is_written_is_read_and_the_rest_stays() {
    Values values =
        values(
            "fallback { hard-rate = 45500bps, warn-time = 2s, warn-factor = 1, fuse.pinned-time = 5ms, fuse.within = 4s }");

    assertThat(KEYS.read(values))
        .isEqualTo(
            new Constants(
                45_500, 2_000, 1, 15, 230_400, new Constants.Fuse(5, 2, Duration.ofSeconds(4))));
    assertThat(values.problems()).isEmpty();
  }

  @Test
  void what_the_record_refuses_is_told_with_what_was_written() {
    Values values = values("\nfallback.fuse { most = 9, pinned-time = 8ms }");

    assertThat(KEYS.read(values)).isEqualTo(KEYS.defaults());
    assertThat(values.problems())
        .singleElement()
        .hasToString(
            "String: 2: fallback.fuse.pinned-time: does not go with the rest of fallback.fuse: most 9"
                + " in 8 ms. Change fallback.fuse.pinned-time or fallback.fuse.most");
  }

  @Test
  void a_number_has_its_range_and_a_bitrate_its_unit() {
    Values values = values("fallback { hard-rate = 30000, warn-factor = -1, warn-time = 1500 }");

    assertThat(KEYS.read(values)).isEqualTo(KEYS.defaults());
    assertThat(values.problems())
        .extracting(Problem::message)
        .containsExactly(
            "fallback.hard-rate: 30000 does not fit: a bitrate from 1bps to 10000Mbps with its unit"
                + " (bps, kbps, Mbps) is needed",
            "fallback.warn-time: 1500 does not fit: a time from 1ms to 1h with its unit (ms, s, m, h, d)"
                + " is needed",
            "fallback.warn-factor: -1 does not fit: a number from 0 to 100 is needed");
  }

  private static Values values(String text) {
    return new Values(
        Path.of("test.conf"), ConfigFactory.parseString(text).root(), List.copyOf(KEYS.keys()));
  }
}

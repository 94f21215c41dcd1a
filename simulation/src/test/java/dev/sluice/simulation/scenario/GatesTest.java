package dev.sluice.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.testkit.network.Seeds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario, over many seeds, holds its gates. */
class GatesTest {
  private static final int SEEDS = 20;
  // Two dozen random hours are a day.
  private static final int LONG_SEEDS = 24;
  private static final int LONG_SECONDS = 3600;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void holds_its_gates(Scenario scenario) {
    int seeds = scenario.seconds() < LONG_SECONDS ? SEEDS : LONG_SEEDS;
    List<Run> runs =
        Seeds.first(seeds).parallelStream()
            .map(seed -> scenario.run(seed, AdaptationSettings.DEFAULTS))
            .toList();
    List<Verdict> failed =
        Verdict.of(scenario, runs).stream().filter(verdict -> !verdict.passed()).toList();
    assertThat(failed).isEmpty();
  }
}

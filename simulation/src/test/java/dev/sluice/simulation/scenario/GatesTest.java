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

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void holds_its_gates(Scenario scenario) {
    List<Run> runs =
        Seeds.first(SEEDS).stream()
            .map(seed -> scenario.run(seed, AdaptationSettings.DEFAULTS))
            .toList();
    assertThat(Verdict.of(scenario, runs)).filteredOn(verdict -> !verdict.passed()).isEmpty();
  }
}

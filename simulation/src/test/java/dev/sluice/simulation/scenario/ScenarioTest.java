package dev.sluice.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.simulation.judge.Gate;
import dev.sluice.simulation.judge.Metric;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  @Test
  void the_same_seed_gives_the_same_run() {
    Scenario scenario = Scenarios.named("F9");

    assertThat(scenario.run(3, AdaptationSettings.DEFAULTS).metrics())
        .isEqualTo(scenario.run(3, AdaptationSettings.DEFAULTS).metrics());
  }

  @Test
  void a_recording_changes_nothing() {
    Scenario scenario = Scenarios.named("F8");
    Recording recording = new Recording();

    assertThat(scenario.run(3, AdaptationSettings.DEFAULTS, recording).metrics())
        .isEqualTo(scenario.run(3, AdaptationSettings.DEFAULTS).metrics());
    assertThat(recording.samples()).hasSize(scenario.seconds() * 10);
  }

  @Test
  void sound_that_waits_behind_a_download_waits_as_long_without_video() {
    Run run = Scenarios.named("RFC8867-5.6").run(3, AdaptationSettings.DEFAULTS);

    assertThat(run.value(Metric.AUDIO_DELAY)).isGreaterThan(200);
    assertThat(run.value(Metric.ADDED_DELAY)).isLessThan(20);
  }

  @Test
  void who_shares_a_path_with_the_subject_is_judged_like_it() {
    Run run = Scenarios.named("shared-rtt").run(1, AdaptationSettings.DEFAULTS);
    double worst =
        Stream.concat(Stream.of(run.study().subject()), run.study().equals().stream())
            .flatMap(viewer -> viewer.pictures().stream())
            .mapToDouble(log -> log.frozenNanos() / Math.max((double) log.onNanos(), 60e9))
            .max()
            .orElseThrow();

    assertThat(run.study().equals()).hasSize(2);
    assertThat(run.value(Metric.FROZEN)).isEqualTo(100 * worst, within(1e-6));
  }

  @Test
  void every_scenario_has_gates_and_a_name_of_its_own() {
    assertThat(Scenarios.all()).allMatch(scenario -> !scenario.gates().isEmpty());
    assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
  }

  @Test
  void a_name_that_is_not_there_is_told_with_those_that_are() {
    assertThatThrownBy(() -> Scenarios.named("F99"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("F99")
        .hasMessageContaining("F1-hard");
  }

  @Test
  void a_gate_looks_at_the_run_it_names() {
    List<Double> values = List.of(1.0, 2.0, 3.0, Double.NaN, 10.0);

    assertThat(Gate.atMost(Metric.BACK, 5).valueOf(values)).isEqualTo(10);
    assertThat(Gate.atLeast(Metric.USED, 5).valueOf(values)).isEqualTo(1);
    assertThat(new Gate(Metric.BACK, Gate.Statistic.MEDIAN, Gate.Bound.AT_MOST, 5).valueOf(values))
        .isEqualTo(2);
  }

  @Test
  void a_gate_on_what_no_run_has_fails() {
    Gate gate = Gate.atMost(Metric.BACK, 5);

    assertThat(gate.holds(gate.valueOf(List.of(Double.NaN)))).isFalse();
    assertThat(gate.holds(Double.POSITIVE_INFINITY)).isFalse();
  }
}

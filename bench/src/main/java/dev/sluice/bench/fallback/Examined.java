package dev.sluice.bench.fallback;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.scenario.Recording;
import dev.sluice.simulation.scenario.Run;
import dev.sluice.simulation.scenario.Scenario;
import dev.sluice.simulation.scenario.Verdict;
import dev.sluice.testkit.network.Seeds;
import java.util.List;

/**
 * A scenario with its runs.
 *
 * @param drawn the run of the first seed
 * @param samples of that run
 */
record Examined(
    Scenario scenario,
    List<Run> runs,
    List<Verdict> verdicts,
    Run drawn,
    List<Recording.Sample> samples) {
  Examined {
    runs = List.copyOf(runs);
    verdicts = List.copyOf(verdicts);
    samples = List.copyOf(samples);
  }

  static Examined of(Scenario scenario, int seeds) {
    List<Run> runs =
        Seeds.first(seeds).parallelStream()
            .map(seed -> scenario.run(seed, AdaptationSettings.DEFAULTS))
            .toList();
    Recording recording = new Recording();
    Run drawn = scenario.run(Seeds.first(1).getFirst(), AdaptationSettings.DEFAULTS, recording);
    return new Examined(scenario, runs, Verdict.of(scenario, runs), drawn, recording.samples());
  }

  boolean passed() {
    return verdicts.stream().allMatch(Verdict::passed);
  }

  /** The values of a metric in the runs that have one, in ascending order. */
  double[] values(Metric metric) {
    return runs.stream()
        .mapToDouble(run -> run.value(metric))
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }
}

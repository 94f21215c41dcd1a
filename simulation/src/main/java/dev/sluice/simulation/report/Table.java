package dev.sluice.simulation.report;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.scenario.Run;
import dev.sluice.simulation.scenario.Scenario;
import dev.sluice.simulation.scenario.Scenarios;
import dev.sluice.simulation.scenario.Verdict;
import dev.sluice.testkit.network.Seeds;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Prints the metrics of scenarios over many seeds: {@code --scenario F1,F2 --seeds 20}; all of them
 * and 5 seeds where nothing else is said. {@code --timeline 7} prints what happened in the run of
 * seed 7 instead.
 */
public final class Table {
  private static final double NANOS_PER_MILLI = 1e6;

  private Table() {}

  static void main(String[] arguments) {
    List<Scenario> scenarios = Scenarios.all();
    int seeds = 5;
    OptionalLong timelineSeed = OptionalLong.empty();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--scenario" ->
            scenarios = Arrays.stream(arguments[i + 1].split(",")).map(Scenarios::named).toList();
        case "--timeline" -> timelineSeed = OptionalLong.of(Long.parseLong(arguments[i + 1]));
        case "--seeds" -> seeds = Integer.parseInt(arguments[i + 1]);
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    for (Scenario scenario : scenarios) {
      if (timelineSeed.isPresent()) {
        Timeline.print(scenario, timelineSeed.getAsLong(), System.out);
      } else {
        print(scenario, seeds, System.out);
      }
    }
  }

  private static void print(Scenario scenario, int seeds, PrintStream out) {
    long startNanos = System.nanoTime();
    List<Run> runs =
        Seeds.first(seeds).stream()
            .map(seed -> scenario.run(seed, AdaptationSettings.DEFAULTS))
            .toList();
    double millis = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    out.printf(
        Locale.ROOT,
        "%n%s: %s (%d × %d s in %.0f ms)%n",
        scenario.name(),
        scenario.title(),
        seeds,
        scenario.seconds(),
        millis);
    out.printf("  %-18s %10s %10s %10s%n", "", "median", "p95", "largest");
    for (Metric metric : Metric.values()) {
      double[] values =
          runs.stream()
              .mapToDouble(run -> run.value(metric))
              .filter(value -> !Double.isNaN(value))
              .sorted()
              .toArray();
      if (values.length > 0) {
        out.printf(
            Locale.ROOT,
            "  %-18s %10.2f %10.2f %10.2f %s%n",
            metric.title(),
            values[(values.length - 1) / 2],
            values[(int) Math.ceil(0.95 * values.length) - 1],
            values[values.length - 1],
            metric.unit());
      }
    }
    for (Verdict verdict : Verdict.of(scenario, runs)) {
      if (!verdict.passed()) {
        out.println("  FAILS " + verdict);
      }
    }
  }
}

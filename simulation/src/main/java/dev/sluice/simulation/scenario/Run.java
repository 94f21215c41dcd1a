package dev.sluice.simulation.scenario;

import dev.sluice.simulation.judge.Metric;
import dev.sluice.simulation.judge.Study;
import java.util.EnumMap;
import java.util.Map;

/** One run of a scenario, and what came of it. */
public record Run(long seed, Map<Metric, Double> metrics, Study study, long endNanos) {
  public Run {
    metrics = Map.copyOf(metrics);
  }

  Run with(Metric metric, double value) {
    Map<Metric, Double> more = new EnumMap<>(metrics);
    more.put(metric, value);
    return new Run(seed, more, study, endNanos);
  }

  /** The value of a metric; not a number where the run has none. */
  public double value(Metric metric) {
    return metrics.getOrDefault(metric, Double.NaN);
  }
}

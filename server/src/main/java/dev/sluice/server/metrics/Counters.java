package dev.sluice.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One metric with a value for each set of labels. What has the same labels is added up: a client
 * that renews a transport has two of them for a moment.
 */
final class Counters {
  private final String name;
  private final String help;
  private final Map<Labels, Long> values = new LinkedHashMap<>();

  Counters(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /**
   * @param value a negative one counts as zero: a loss that late packets have outnumbered
   */
  void add(Labels labels, long value) {
    values.merge(labels, Math.max(0, value), Long::sum);
  }

  /** Prometheus has floating point only: exact up to 2^53. */
  CounterSnapshot snapshot() {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    values.forEach(
        (labels, value) ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value((double) value).build()));
    return counter.build();
  }
}

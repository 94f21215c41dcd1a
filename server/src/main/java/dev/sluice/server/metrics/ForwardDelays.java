package dev.sluice.server.metrics;

import dev.sluice.router.WorkerSnapshot;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The router's fine buckets gathered into a few that never change, since Prometheus takes the
 * difference of each bucket between two scrapes. A fine one that straddles two counts as the
 * longer.
 */
final class ForwardDelays {
  private static final long[] UP_TO_MICROS = {
    25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000
  };
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private ForwardDelays() {}

  static HistogramSnapshot of(List<WorkerSnapshot> workers) {
    HistogramSnapshot.Builder histogram =
        HistogramSnapshot.builder()
            .name("sluice_forward_delay_seconds")
            .help("From the receipt of packets to the end of the turn that sent their copies");
    for (int i = 0; i < workers.size(); i++) {
      WorkerSnapshot.ForwardDelay delay = workers.get(i).forwardDelay();
      histogram.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(WorkerCollector.worker(i))
              .classicHistogramBuckets(buckets(delay))
              .sum(delay.totalNanos() / NANOS_PER_SECOND)
              .build());
    }
    return histogram.build();
  }

  private static ClassicHistogramBuckets buckets(WorkerSnapshot.ForwardDelay delay) {
    long[] packets = new long[UP_TO_MICROS.length + 1];
    for (WorkerSnapshot.Bucket bucket : delay.buckets()) {
      packets[index(bucket.upToNanos())] += bucket.packets();
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < UP_TO_MICROS.length; i++) {
      buckets.bucket(UP_TO_MICROS[i] / MICROS_PER_SECOND, packets[i]);
    }
    return buckets.bucket(Double.POSITIVE_INFINITY, packets[UP_TO_MICROS.length]).build();
  }

  private static int index(long upToNanos) {
    int index = 0;
    while (index < UP_TO_MICROS.length
        && upToNanos > TimeUnit.MICROSECONDS.toNanos(UP_TO_MICROS[index])) {
      index++;
    }
    return index;
  }
}

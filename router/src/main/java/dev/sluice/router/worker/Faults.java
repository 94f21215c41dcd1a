package dev.sluice.router.worker;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of ours that were caught at the boundary of one packet or task: each is counted, and one
 * per second at most is logged, from the timer.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final WorkerCounters counters;
  private @Nullable RuntimeException last;
  private long unlogged;
  private long nextLogNanos = Long.MIN_VALUE;

  Faults(WorkerCounters counters) {
    this.counters = counters;
  }

  void inDatagram(RuntimeException fault) {
    counters.datagramFaults++;
    keep(fault);
  }

  void inTask(RuntimeException fault) {
    counters.taskFaults++;
    keep(fault);
  }

  private void keep(RuntimeException fault) {
    last = fault;
    unlogged++;
  }

  /** Logs the last fault when there is one that nobody has been told of. */
  void onTick(long nowNanos) {
    if (last == null || (nextLogNanos != Long.MIN_VALUE && nowNanos - nextLogNanos < 0)) {
      return;
    }
    LOG.error("{} faults in a worker since the last report; the last one:", unlogged, last);
    last = null;
    unlogged = 0;
    nextLogNanos = nowNanos + LOG_INTERVAL_NANOS;
  }
}

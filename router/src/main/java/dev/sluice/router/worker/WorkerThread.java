package dev.sluice.router.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a {@link Worker} a platform thread and the time until it is closed. */
public final class WorkerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(800);

  // Time for the close_notify of every transport, which comes from a thread of its own.
  private static final long FAREWELL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Worker worker;
  private final LongSupplier nanoClock;
  private final Thread thread;

  private WorkerThread(Worker worker, String name, LongSupplier nanoClock) {
    this.worker = worker;
    this.nanoClock = nanoClock;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  public static WorkerThread start(Worker worker, String name, LongSupplier nanoClock) {
    WorkerThread started = new WorkerThread(worker, name, nanoClock);
    started.thread.start();
    return started;
  }

  public Worker worker() {
    return worker;
  }

  private void run() {
    try {
      while (!worker.isStopping()) {
        turn();
      }
      worker.closeTenants();
      long endNanos = nanoClock.getAsLong() + FAREWELL_NANOS;
      while (nanoClock.getAsLong() - endNanos < 0) {
        turn();
      }
      worker.end();
    } catch (Throwable e) {
      worker.end();
      LOG.error("{} ended; its rooms are lost", Thread.currentThread().getName(), e);
      throw e;
    }
  }

  private void turn() {
    long nowNanos = nanoClock.getAsLong();
    if (worker.doWork(nowNanos) == 0) {
      worker.await(nowNanos);
    }
  }

  /** Ends the worker's tenants and then its loop; waits for it. */
  @Override
  public void close() {
    worker.stop();
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        LOG.warn("{} did not stop within {}", thread.getName(), CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.sluice.router.worker;

/** What lives on a worker and has timers of its own. Worker thread. */
public interface Tenant extends AutoCloseable {
  /** Called every {@link Worker#TICK_NANOS}. */
  void onTick(long nowNanos);

  /** Ends it, also when the worker ends; idempotent. */
  @Override
  void close();
}

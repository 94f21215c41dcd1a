package dev.sluice.router.worker;

/** Something with timers of its own, run by the worker every {@link Worker#TICK_NANOS}. */
public interface Tick {
  void onTick(long nowNanos);
}

package dev.sluice.router.worker;

/** Work that waits until the packets that arrived together have all been read. */
public interface BatchTask {
  void onBatchEnd(long nowNanos);
}

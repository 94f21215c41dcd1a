package dev.sluice.router.estimate;

/**
 * A wish to find out whether a transport carries more than is sent on it now: for a while what is
 * missing to {@code targetBps} is filled up with padding.
 *
 * @param targetBps of everything that is sent during the probe, on the wire
 * @param minDurationNanos how long at least
 * @param minPackets how many packets of any kind at least
 */
public record ProbePlan(long targetBps, long minDurationNanos, int minPackets) {
  public ProbePlan {
    if (targetBps <= 0 || minDurationNanos <= 0 || minPackets <= 0) {
      throw new IllegalArgumentException(
          "%d bit/s for %d ns, %d packets".formatted(targetBps, minDurationNanos, minPackets));
    }
  }
}

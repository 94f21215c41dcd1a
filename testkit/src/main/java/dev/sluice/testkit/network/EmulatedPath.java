package dev.sluice.testkit.network;

import dev.sluice.testkit.network.PathListener.LossCause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * One way through a network: a queue with tail drop before a bottleneck, then delay, jitter and
 * loss. Several senders may share it.
 */
public final class EmulatedPath<P> {
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;

  private record Queued(long untilNanos, int bytes) {}

  private final EventLoop loop;
  private final PathTrace trace;
  private final RandomGenerator random;
  private final PathListener<P> listener;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long busyUntilNanos;
  private long lastArrivalNanos;
  private boolean bad;

  public EmulatedPath(
      EventLoop loop, PathTrace trace, RandomGenerator random, PathListener<P> listener) {
    this.loop = loop;
    this.trace = trace;
    this.random = random;
    this.listener = listener;
    this.busyUntilNanos = loop.nowNanos();
    this.lastArrivalNanos = loop.nowNanos();
  }

  public PathTrace trace() {
    return trace;
  }

  /** The bytes that wait before the bottleneck now. */
  public long queuedBytes() {
    forgetGone(loop.nowNanos());
    return queuedBytes;
  }

  /**
   * Sends a packet now.
   *
   * @param wireBytes what it takes of the capacity
   */
  public void send(P packet, int wireBytes) {
    long nowNanos = loop.nowNanos();
    forgetGone(nowNanos);
    PathConditions here = trace.at(nowNanos);
    // Of a limiter that has saved up tokens: it counts as if it had come earlier
    long dueNanos =
        trace.carriedBy(Math.max(nowNanos - savedNanos(here), busyUntilNanos), wireBytes);
    long leavesNanos = Math.max(nowNanos, dueNanos);
    if (queuedBytes + wireBytes > here.queue().bytesAt(here.capacityBps())
        || leavesNanos == Long.MAX_VALUE) {
      listener.onLost(packet, LossCause.QUEUE, nowNanos);
      return;
    }
    queue.add(new Queued(leavesNanos, wireBytes));
    queuedBytes += wireBytes;
    busyUntilNanos = dueNanos;
    PathConditions there = trace.at(leavesNanos);
    if (isLost(there.loss())) {
      listener.onLost(packet, LossCause.CHANCE, nowNanos);
      return;
    }
    arrive(packet, leavesNanos, there);
    if (there.duplicated() > 0 && random.nextDouble() < there.duplicated()) {
      arrive(packet, leavesNanos, there);
    }
  }

  private static long savedNanos(PathConditions here) {
    return here.burstBytes() == 0 || here.capacityBps() == 0
        ? 0
        : (long) (here.burstBytes() * BIT_NANOS_PER_BYTE / here.capacityBps());
  }

  private void forgetGone(long nowNanos) {
    for (Queued first = queue.peek(); first != null && first.untilNanos <= nowNanos; ) {
      queuedBytes -= first.bytes;
      queue.remove();
      first = queue.peek();
    }
  }

  private boolean isLost(LossModel model) {
    return switch (model) {
      case LossModel.Independent(double probability) ->
          probability > 0 && random.nextDouble() < probability;
      case LossModel.Bursts bursts -> {
        bad = random.nextDouble() < (bad ? 1 - bursts.toGood() : bursts.toBad());
        double probability = bad ? bursts.lossInBad() : bursts.lossInGood();
        yield random.nextDouble() < probability;
      }
    };
  }

  private void arrive(P packet, long leavesNanos, PathConditions there) {
    long atNanos = leavesNanos + there.delayNanos();
    if (there.jitterNanos() > 0) {
      atNanos += random.nextLong(-there.jitterNanos(), there.jitterNanos() + 1);
      atNanos = Math.max(atNanos, leavesNanos);
    }
    if (there.reordered() > 0 && random.nextDouble() < there.reordered()) {
      atNanos += there.reorderNanos();
    } else {
      atNanos = Math.max(atNanos, lastArrivalNanos);
      lastArrivalNanos = atNanos;
    }
    loop.at(atNanos, now -> listener.onArrival(packet, now));
  }
}

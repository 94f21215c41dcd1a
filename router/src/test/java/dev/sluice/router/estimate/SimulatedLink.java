package dev.sluice.router.estimate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A bottleneck with a buffer that drops at its end, then a way of some length. One step is 1 ms.
 */
final class SimulatedLink {
  static final long STEP_NANOS = 1_000_000;

  /** A packet, and when it arrives. */
  record Packet(int number, int wireBytes, boolean isForeign, long arrivalNanos) {}

  private record Queued(int number, int wireBytes, boolean isForeign) {}

  private final Random random;
  private final Deque<Queued> queue = new ArrayDeque<>();
  private final Deque<Packet> arrived = new ArrayDeque<>();
  private long queuedBytes;
  private double creditBytes;
  private boolean inBurst;
  private long lastArrivalNanos;

  long capacityBps = 100_000_000;
  double bufferMillis = 300;
  long propagationNanos = 25_000_000;
  double jitterMillis;
  double loss;
  // Gilbert-Elliott: the share of packets at which a burst begins and ends; all in a burst are lost
  double burstBegins;
  double burstEnds = 1;

  SimulatedLink(long seed) {
    random = new Random(seed);
  }

  void send(int number, int wireBytes, boolean isForeign) {
    inBurst = inBurst ? random.nextDouble() >= burstEnds : random.nextDouble() < burstBegins;
    if (inBurst || random.nextDouble() < loss) {
      return;
    }
    double bufferBytes = Math.max(1_500, capacityBps / 8_000.0 * bufferMillis);
    if (queuedBytes + wireBytes <= bufferBytes) {
      queue.add(new Queued(number, wireBytes, isForeign));
      queuedBytes += wireBytes;
    }
  }

  /** Carries what it can in one step. */
  void step(long nowNanos) {
    creditBytes += capacityBps / 8_000.0;
    while (!queue.isEmpty() && queue.peek().wireBytes() <= creditBytes) {
      Queued next = queue.remove();
      creditBytes -= next.wireBytes();
      queuedBytes -= next.wireBytes();
      long jitterNanos = (long) ((2 * random.nextDouble() - 1) * jitterMillis * 1_000_000);
      // The way keeps the order
      lastArrivalNanos =
          Math.max(lastArrivalNanos, nowNanos + Math.max(0, propagationNanos + jitterNanos));
      arrived.add(new Packet(next.number(), next.wireBytes(), next.isForeign(), lastArrivalNanos));
    }
    if (queue.isEmpty()) {
      creditBytes = Math.min(creditBytes, capacityBps / 8_000.0);
    }
  }

  /** The next packet that has arrived by now, or null. */
  @org.jspecify.annotations.Nullable
  Packet take(long nowNanos) {
    return !arrived.isEmpty() && arrived.peek().arrivalNanos() <= nowNanos
        ? arrived.remove()
        : null;
  }

  double queueMillis() {
    return queuedBytes * 8_000.0 / capacityBps;
  }
}

package dev.sluice.simulation.path;

import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathListener;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A download over a path that media shares: as many segments on their way as its window allows,
 * which doubles each round trip at first, then grows by a segment, and is halved by a loss (RFC
 * 5681, without its finer points). What is lost is not sent again: only the load counts.
 */
public final class TcpFlow {
  private static final int SEGMENT_BYTES = 1500;
  private static final double FIRST_WINDOW = 10;
  private static final double LEAST_WINDOW = 2;
  private static final int DUPLICATE_ACKS = 3;
  private static final long TIMEOUT_NANOS = 1_000_000_000;

  private final EventLoop loop;
  private final EmulatedPath<Transit> path;
  private final long returnNanos;
  private final SortedSet<Long> unacknowledged = new TreeSet<>();
  private double window = FIRST_WINDOW;
  private double threshold = Double.MAX_VALUE;
  private long leftSegments;
  private long next;
  private long recoveryEnd;
  private long lastAckNanos;

  /**
   * A flow that waits for something to send.
   *
   * @param returnNanos what an acknowledgement takes back to the sender
   */
  public TcpFlow(EventLoop loop, EmulatedPath<Transit> path, long returnNanos) {
    this.loop = loop;
    this.path = path;
    this.returnNanos = returnNanos;
    loop.every(TIMEOUT_NANOS / 4, loop.nowNanos() + TIMEOUT_NANOS / 4, this::checkTimeout);
  }

  /** Sends so much more from now on; {@link Long#MAX_VALUE} for ever. */
  public void download(long bytes) {
    if (leftSegments == 0) {
      window = FIRST_WINDOW;
      threshold = Double.MAX_VALUE;
      lastAckNanos = loop.nowNanos();
    }
    leftSegments = bytes == Long.MAX_VALUE ? bytes : leftSegments + bytes / SEGMENT_BYTES;
    fill();
  }

  /** Sends nothing more. */
  public void stop() {
    leftSegments = 0;
  }

  private void fill() {
    while (leftSegments > 0 && unacknowledged.size() < (int) window) {
      long number = next++;
      leftSegments--;
      unacknowledged.add(number);
      path.send(new Segment(number), SEGMENT_BYTES);
    }
  }

  private final class Segment implements Transit {
    private final long number;

    Segment(long number) {
      this.number = number;
    }

    @Override
    public void arrive(long nowNanos) {
      loop.at(nowNanos + returnNanos, now -> onAck(number, now));
    }

    @Override
    public void lose(PathListener.LossCause cause, long nowNanos) {
      // The acknowledgements of those behind it will tell.
    }
  }

  private void onAck(long number, long nowNanos) {
    lastAckNanos = nowNanos;
    if (!unacknowledged.remove(number)) {
      return;
    }
    window += window < threshold ? 1 : 1 / window;
    SortedSet<Long> lost = unacknowledged.headSet(number - DUPLICATE_ACKS + 1);
    if (!lost.isEmpty()) {
      if (lost.last() >= recoveryEnd) {
        threshold = Math.max(LEAST_WINDOW, window / 2);
        window = threshold;
        recoveryEnd = next;
      }
      lost.clear();
    }
    fill();
  }

  private void checkTimeout(long nowNanos) {
    if (!unacknowledged.isEmpty() && nowNanos - lastAckNanos > TIMEOUT_NANOS) {
      threshold = Math.max(LEAST_WINDOW, window / 2);
      window = LEAST_WINDOW;
      unacknowledged.clear();
      lastAckNanos = nowNanos;
      fill();
    }
  }
}

package dev.sluice.simulation.path;

import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathListener;

/** A camera that somebody sends over a path that others share: as much whatever becomes of it. */
public final class CameraLoad {
  private static final long FRAME_NANOS = 1_000_000_000 / 15;
  private static final double BIT_NANOS_PER_BYTE = 8_000_000_000.0;
  private static final int PACKET_BYTES = 1200;

  private CameraLoad() {}

  /** Sends so much from now on, on the wire. */
  public static void start(EventLoop loop, EmulatedPath<Transit> path, long bps) {
    int frameBytes = (int) (bps * (FRAME_NANOS / BIT_NANOS_PER_BYTE));
    loop.every(FRAME_NANOS, loop.nowNanos() + FRAME_NANOS, _ -> sendFrame(path, frameBytes));
  }

  private static void sendFrame(EmulatedPath<Transit> path, int frameBytes) {
    for (int left = frameBytes; left > 0; left -= PACKET_BYTES) {
      path.send(Picture.PART, Math.min(left, PACKET_BYTES));
    }
  }

  private enum Picture implements Transit {
    PART;

    @Override
    public void arrive(long nowNanos) {
      // Nobody looks at it: only the load counts.
    }

    @Override
    public void lose(PathListener.LossCause cause, long nowNanos) {
      // Likewise.
    }
  }
}

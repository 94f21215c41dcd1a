package dev.sluice.simulation.path;

import dev.sluice.testkit.network.EmulatedPath;
import dev.sluice.testkit.network.EventLoop;
import dev.sluice.testkit.network.PathListener;
import dev.sluice.testkit.network.PathTrace;
import java.util.random.RandomGenerator;

/** A packet on a shared path, which knows where it goes. */
public interface Transit {
  void arrive(long nowNanos);

  /** It was just sent and will not arrive. */
  void lose(PathListener.LossCause cause, long nowNanos);

  /** A path for them. */
  static EmulatedPath<Transit> path(EventLoop loop, PathTrace trace, RandomGenerator random) {
    return new EmulatedPath<>(
        loop,
        trace,
        random,
        new PathListener<>() {
          @Override
          public void onArrival(Transit packet, long nowNanos) {
            packet.arrive(nowNanos);
          }

          @Override
          public void onLost(Transit packet, LossCause cause, long nowNanos) {
            packet.lose(cause, nowNanos);
          }
        });
  }
}

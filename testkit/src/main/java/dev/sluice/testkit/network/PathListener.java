package dev.sluice.testkit.network;

/** The far end of an {@link EmulatedPath}. */
public interface PathListener<P> {
  /** Why a packet does not arrive. */
  enum LossCause {
    /** The queue before the bottleneck was full. */
    QUEUE,
    /** By chance: the sender could have done nothing about it. */
    CHANCE
  }

  /** A packet has arrived. */
  void onArrival(P packet, long nowNanos);

  /** A packet that was just sent will not arrive. */
  void onLost(P packet, LossCause cause, long nowNanos);
}

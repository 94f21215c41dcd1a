package dev.sluice.simulation.subscriber;

/** What becomes of a transport-wide feedback before it is sent; a hostile client changes it. */
@FunctionalInterface
public interface FeedbackChannel {
  /** As it was made. */
  FeedbackChannel HONEST = (feedback, out, _) -> out.send(feedback);

  /** The way to the router. */
  @FunctionalInterface
  interface Out {
    /** Sends one RTCP datagram. */
    void send(byte[] datagram);
  }

  void pass(byte[] feedback, Out out, long nowNanos);
}

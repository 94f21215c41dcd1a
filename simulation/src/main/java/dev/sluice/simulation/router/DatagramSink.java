package dev.sluice.simulation.router;

/** Where the router's datagrams to one address go. */
@FunctionalInterface
public interface DatagramSink {
  /**
   * A datagram leaves the router.
   *
   * @param head its first bytes: all of RTCP, of RTP what {@link MemoryPort} keeps
   * @param length of all of it
   */
  void onDatagram(byte[] head, int length, long nowNanos);
}

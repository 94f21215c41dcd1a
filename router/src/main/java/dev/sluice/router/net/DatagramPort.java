package dev.sluice.router.net;

import java.net.InetSocketAddress;

/**
 * One UDP socket bound to one concrete address: a reply leaves with the source address that the
 * peer has sent to, which a socket on the wildcard address cannot promise. Faults of single
 * datagrams (ICMP errors, a firewall's EPERM, a full buffer) are counted, never thrown.
 */
public interface DatagramPort {
  InetSocketAddress localAddress();

  /**
   * Adds datagrams that have arrived until the batch is full or none is left. Never blocks.
   *
   * @return how many were added
   */
  int receive(ReceiveBatch batch);

  /** Sends every datagram of the batch, in order, and empties it. Never blocks. */
  void send(SendBatch batch);

  PortCounters counters();
}

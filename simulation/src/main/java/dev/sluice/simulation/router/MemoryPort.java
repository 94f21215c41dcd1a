package dev.sluice.simulation.router;

import dev.sluice.router.net.DatagramPort;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.PortCounters;
import dev.sluice.router.net.ReceiveBatch;
import dev.sluice.router.net.SendBatch;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A socket in memory. Of large RTP packets only the beginning is kept: nobody decodes them. */
final class MemoryPort implements DatagramPort, DatagramPorts {
  private static final int HEAD_BYTES = 320;
  private static final byte[] REST = new byte[ReceiveBatch.SLOT_BYTES];

  private static final class Arrived {
    private final InetSocketAddress from;
    private final byte[] head;
    private final int length;

    Arrived(InetSocketAddress from, byte[] head, int length) {
      this.from = from;
      this.head = head;
      this.length = length;
    }
  }

  private final InetSocketAddress local;
  private final Queue<Arrived> arrived = new ArrayDeque<>();
  private final Map<InetSocketAddress, DatagramSink> sinks = new HashMap<>();
  private final PortCounters counters = new PortCounters();
  private long nowNanos;

  MemoryPort(InetSocketAddress local) {
    this.local = local;
  }

  void attach(InetSocketAddress address, DatagramSink sink) {
    sinks.put(address, sink);
  }

  void arrive(InetSocketAddress from, byte[] head, int length) {
    arrived.add(new Arrived(from, head, length));
  }

  boolean hasArrived() {
    return !arrived.isEmpty();
  }

  /** What is sent from now on is sent at this time. */
  void now(long nanos) {
    nowNanos = nanos;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public int receive(ReceiveBatch batch) {
    int added = 0;
    while (!batch.isFull() && !arrived.isEmpty()) {
      Arrived datagram = arrived.remove();
      ByteBuffer slot = batch.nextSlot();
      slot.put(datagram.head).put(REST, 0, datagram.length - datagram.head.length);
      batch.commit(datagram.from);
      counters.receivedDatagrams++;
      counters.receivedBytes += datagram.length;
      added++;
    }
    return added;
  }

  @Override
  public void send(SendBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      DatagramSink sink = sinks.get(batch.destination(i));
      int end = batch.offset(i) + batch.length(i);
      for (int at = batch.offset(i); at < end; at += batch.segmentBytes(i)) {
        int length = Math.min(batch.segmentBytes(i), end - at);
        counters.sentDatagrams++;
        counters.sentBytes += length;
        if (sink != null) {
          int kept = Wire.isRtcp(batch.buffer(), at) ? length : Math.min(length, HEAD_BYTES);
          sink.onDatagram(Arrays.copyOfRange(batch.buffer(), at, at + kept), length, nowNanos);
        }
      }
    }
    batch.clear();
  }

  @Override
  public PortCounters counters() {
    return counters;
  }

  @Override
  public List<DatagramPort> ports() {
    return List.of(this);
  }

  @Override
  public int portNumber() {
    return local.getPort();
  }

  @Override
  public void await(long timeoutNanos) {
    throw new IllegalStateException("a worker on a network in memory is driven by hand");
  }

  @Override
  public void wakeup() {
    // Whoever drives the worker by hand decides when it runs.
  }

  @Override
  public void close() {
    arrived.clear();
  }
}

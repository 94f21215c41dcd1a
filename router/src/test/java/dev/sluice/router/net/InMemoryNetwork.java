package dev.sluice.router.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** A network of queues: what is injected is received, what is sent is kept. One thread. */
public final class InMemoryNetwork implements Network {
  /** One datagram on its way. */
  public static final class Datagram {
    private final InetSocketAddress from;
    private final InetSocketAddress to;
    private final byte[] payload;

    public Datagram(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
      this.from = from;
      this.to = to;
      this.payload = payload.clone();
    }

    public InetSocketAddress from() {
      return from;
    }

    public InetSocketAddress to() {
      return to;
    }

    public byte[] payload() {
      return payload.clone();
    }
  }

  private final List<Ports> opened = new ArrayList<>();
  private int nextEphemeral = 40_000;
  private boolean discarding;

  @Override
  public DatagramPorts open(List<InetAddress> addresses, int port) {
    Ports ports = new Ports(addresses, port == 0 ? nextEphemeral++ : port);
    opened.add(ports);
    return ports;
  }

  /** Lets a datagram arrive at the port it is addressed to; nobody there: it is lost. */
  public void inject(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
    inject(new Datagram(from, to, payload));
  }

  /** As above, for a datagram made before; allocates nothing. */
  public void inject(Datagram datagram) {
    for (int i = 0; i < opened.size(); i++) {
      for (int j = 0; j < opened.get(i).ports.size(); j++) {
        Port port = opened.get(i).ports.get(j);
        if (port.local.equals(datagram.to)) {
          port.arrived.add(datagram);
        }
      }
    }
  }

  /** From now on what is sent is only counted. */
  public void discardWhatIsSent() {
    discarding = true;
  }

  /** Takes everything that was sent to {@code to} since the last call. */
  public List<Datagram> takeSentTo(InetSocketAddress to) {
    List<Datagram> taken = new ArrayList<>();
    for (Ports ports : opened) {
      for (Port port : ports.ports) {
        port.sent.removeIf(datagram -> datagram.to().equals(to) && taken.add(datagram));
      }
    }
    return taken;
  }

  /** How many batches were handed to the ports so far. */
  public int batchesSent() {
    return opened.stream().flatMap(ports -> ports.ports.stream()).mapToInt(p -> p.batches).sum();
  }

  private final class Ports implements DatagramPorts {
    private final List<Port> ports;
    private final int number;

    Ports(List<InetAddress> addresses, int number) {
      this.number = number;
      this.ports = addresses.stream().map(a -> new Port(new InetSocketAddress(a, number))).toList();
    }

    @Override
    public List<DatagramPort> ports() {
      return List.copyOf(ports);
    }

    @Override
    public int portNumber() {
      return number;
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
      ports.forEach(port -> port.arrived.clear());
    }
  }

  private final class Port implements DatagramPort {
    private final InetSocketAddress local;
    private final Queue<Datagram> arrived = new ArrayDeque<>();
    private final List<Datagram> sent = new ArrayList<>();
    private final PortCounters counters = new PortCounters();
    private int batches;

    Port(InetSocketAddress local) {
      this.local = local;
    }

    @Override
    public InetSocketAddress localAddress() {
      return local;
    }

    @Override
    public int receive(ReceiveBatch batch) {
      int added = 0;
      while (!batch.isFull() && !arrived.isEmpty()) {
        Datagram datagram = arrived.remove();
        batch.nextSlot().put(datagram.payload);
        batch.commit(datagram.from);
        counters.receivedDatagrams++;
        added++;
      }
      return added;
    }

    @Override
    public void send(SendBatch batch) {
      batches++;
      if (discarding) {
        counters.sentDatagrams += batch.size();
        batch.clear();
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        int end = batch.offset(i) + batch.length(i);
        for (int at = batch.offset(i); at < end; at += batch.segmentBytes(i)) {
          byte[] payload =
              Arrays.copyOfRange(batch.buffer(), at, Math.min(end, at + batch.segmentBytes(i)));
          sent.add(new Datagram(local, batch.destination(i), payload));
          counters.sentDatagrams++;
        }
      }
      batch.clear();
    }

    @Override
    public PortCounters counters() {
      return counters;
    }
  }
}

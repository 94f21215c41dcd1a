package dev.sluice.simulation.router;

import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.router.live.LiveListener;
import dev.sluice.router.live.LiveRoom;
import dev.sluice.router.worker.Worker;
import dev.sluice.testkit.network.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * One worker with one room, which runs whenever a datagram arrives and every tick, as on a machine
 * that has nothing else to do.
 */
public final class RouterHost {
  private final EventLoop loop;
  private final MemoryPort port;
  private final Worker worker;
  private final LiveRoom room;
  private boolean turnDue;

  /**
   * Opens the room.
   *
   * @param tickNanos how often timers run; {@link Worker#TICK_NANOS}, or more in coarse long runs
   */
  public RouterHost(
      EventLoop loop,
      LiveListener listener,
      AdaptationSettings adaptation,
      RandomGenerator random,
      long tickNanos) {
    this.loop = loop;
    port = new MemoryPort(new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 3478));
    worker = new Worker(port, new PlainTransports(), loop::nowNanos);
    room = LiveRoom.open("simulation", worker, listener, adaptation, random);
    loop.every(tickNanos, loop.nowNanos() + tickNanos, this::turn);
  }

  public LiveRoom room() {
    return room;
  }

  /** What ended in a fault of the router's, of any kind. */
  public long faults() {
    return worker.counters().datagramFaults + worker.counters().taskFaults;
  }

  /** What is sent to an address goes there from now on. */
  public void attach(InetSocketAddress address, DatagramSink sink) {
    port.attach(address, sink);
  }

  /** A check of a peer arrives: its path is from that address from now on. */
  public void connect(InetSocketAddress from, String usernameFragment) {
    byte[] request = BindingRequest.of(usernameFragment);
    receive(from, request, request.length);
  }

  /**
   * A datagram arrives now.
   *
   * @param head its first bytes; the others are zero
   */
  public void receive(InetSocketAddress from, byte[] head, int length) {
    port.arrive(from, head, length);
    if (!turnDue) {
      turnDue = true;
      // Behind what else arrives at this moment: a burst is read as one.
      loop.at(loop.nowNanos(), this::turn);
    }
  }

  private void turn(long nowNanos) {
    turnDue = false;
    port.now(nowNanos);
    do {
      worker.doWork(nowNanos);
    } while (port.hasArrived());
  }
}

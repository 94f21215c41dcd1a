package dev.sluice.router.worker;

import dev.sluice.router.net.DatagramPort;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.ReceiveBatch;
import dev.sluice.transport.TransportFactory;
import dev.sluice.transport.stun.Stun;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share of the router as a loop without a thread: {@link #doWork} runs the commands,
 * reads a batch of datagrams from every port, hands each to its {@link Link}, runs the timers that
 * are due and sends what has gathered. A fault in one datagram or task costs only that.
 */
public final class Worker implements Executor {
  /** How often timers are looked at. */
  public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int COMMAND_CAPACITY = 1 << 16;
  private static final int COMMANDS_PER_TURN = 256;
  private static final int DATAGRAMS_PER_BATCH = 64;
  // More than datagrams: what came before the keys is handed over all at once.
  private static final int PACKETS_PER_BATCH = 128;

  private final DatagramPorts datagramPorts;
  private final List<WorkerPort> ports;
  private final TransportFactory transports;
  private final CommandQueue commands = new CommandQueue(COMMAND_CAPACITY);
  private final ReceiveBatch received = new ReceiveBatch(DATAGRAMS_PER_BATCH);
  private final LinkTable links = new LinkTable();
  private final List<Tenant> tenants = new ArrayList<>();
  private final List<BatchTask> batchTasks = new ArrayList<>();
  private final WorkerCounters counters = new WorkerCounters();
  private final Faults faults = new Faults(counters);
  private final PacketPool packets = new PacketPool(PACKETS_PER_BATCH);
  private final LongSupplier nanoClock;
  private final DelayHistogram forwardDelays = new DelayHistogram();
  private long nowNanos;
  private long nextTickNanos;
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile boolean ended;

  /**
   * @param nanoClock monotonic; read to measure how long packets take, twice a turn at most. All
   *     that decides goes by the time {@link #doWork} is given
   */
  public Worker(DatagramPorts datagramPorts, TransportFactory transports, LongSupplier nanoClock) {
    this.datagramPorts = datagramPorts;
    this.transports = transports;
    this.nanoClock = nanoClock;
    this.nowNanos = nanoClock.getAsLong();
    this.nextTickNanos = nowNanos + TICK_NANOS;
    this.ports = datagramPorts.ports().stream().map(WorkerPort::new).toList();
  }

  /**
   * One turn of the loop.
   *
   * @param nowNanos monotonic time, never less than in the call before
   * @return commands, datagrams and timers handled; 0 when there was nothing to do
   */
  public int doWork(long nowNanos) {
    thread = Thread.currentThread();
    this.nowNanos = nowNanos;
    int work = runCommands();
    long forwardedBefore = counters.forwardedPackets;
    long receivedNanos = nanoClock.getAsLong();
    for (int i = 0; i < ports.size(); i++) {
      work += receive(ports.get(i));
    }
    long forwarded = counters.forwardedPackets - forwardedBefore;
    if (nowNanos - nextTickNanos >= 0) {
      runTicks();
      work++;
    }
    for (int i = 0; i < ports.size(); i++) {
      ports.get(i).flush();
    }
    if (forwarded > 0) {
      forwardDelays.record(nanoClock.getAsLong() - receivedNanos, forwarded);
    }
    return work;
  }

  private int runCommands() {
    int run = 0;
    while (run < COMMANDS_PER_TURN) {
      Runnable command = commands.poll();
      if (command == null) {
        break;
      }
      try {
        command.run();
      } catch (RuntimeException e) {
        faults.inTask(e);
      }
      run++;
    }
    counters.commandsRun += run;
    return run;
  }

  private int receive(WorkerPort port) {
    received.clear();
    int count = port.port().receive(received);
    for (int i = 0; i < count; i++) {
      try {
        dispatch(received.offset(i), received.length(i), received.source(i), port);
      } catch (RuntimeException e) {
        faults.inDatagram(e);
      }
    }
    endBatch();
    return count;
  }

  private void dispatch(int offset, int length, InetSocketAddress source, WorkerPort port) {
    byte[] buffer = received.buffer();
    Link link;
    if (Stun.isStun(buffer, offset, length)) {
      // Always by name: a browser or a NAT may use an address again for another transport.
      Optional<String> ufrag = Stun.localUfrag(buffer, offset, length);
      link = ufrag.isPresent() ? links.byUfrag(ufrag.get()) : null;
      if (link == null) {
        counters.unknownUfrag++;
        return;
      }
    } else {
      link = links.bySource(source);
      if (link == null) {
        counters.unknownSource++;
        return;
      }
    }
    link.onDatagram(buffer, offset, length, source, port, nowNanos);
  }

  /** Runs what waits for the end of the batch, and frees the packets. */
  private void endBatch() {
    for (int i = 0; i < batchTasks.size(); i++) {
      try {
        batchTasks.get(i).onBatchEnd(nowNanos);
      } catch (RuntimeException e) {
        faults.inTask(e);
      }
    }
    batchTasks.clear();
    packets.clear();
  }

  private void runTicks() {
    // A turn that came late does not make up for the ticks it missed.
    if (nowNanos - nextTickNanos >= TICK_NANOS) {
      counters.lateTicks++;
      nextTickNanos = nowNanos;
    }
    nextTickNanos += TICK_NANOS;
    for (int i = 0; i < tenants.size(); i++) {
      try {
        tenants.get(i).onTick(nowNanos);
      } catch (RuntimeException e) {
        faults.inTask(e);
      }
    }
    faults.onTick(nowNanos);
  }

  /** Makes a transport whose packets come to {@code listener}. Worker thread. */
  public Link openLink(LinkListener listener) {
    Link link = new Link(this, listener, ports.getFirst());
    links.addUfrag(link.ufrag(), link);
    return link;
  }

  /**
   * Room for one packet until the batch ends, if {@link #keepPacket} follows. Ends the batch early
   * when it has no room for more.
   */
  public PacketSlot nextPacket() {
    if (packets.isFull()) {
      endBatch();
    }
    return packets.next();
  }

  /** Keeps the packet in {@link #nextPacket} until the batch ends. */
  public void keepPacket() {
    packets.keep();
  }

  /** Runs {@code task} once when the current batch has been read. */
  public void runAtBatchEnd(BatchTask task) {
    batchTasks.add(task);
  }

  /** Runs the tenant's timers from now on. From a command only. */
  public void add(Tenant tenant) {
    tenants.add(tenant);
  }

  /** From a command only. */
  public void remove(Tenant tenant) {
    tenants.remove(tenant);
  }

  /** Counts a fault that a room has caught at the boundary of one of its tasks. */
  public void countFault(RuntimeException fault) {
    faults.inTask(fault);
  }

  /** The time of this turn. */
  public long nowNanos() {
    return nowNanos;
  }

  public WorkerCounters counters() {
    return counters;
  }

  /** From the receipt of packets to the end of the turn that sent their copies. */
  public DelayHistogram forwardDelays() {
    return forwardDelays;
  }

  /** The ports' counters, in the order of their addresses. */
  public List<DatagramPort> ports() {
    return datagramPorts.ports();
  }

  /** How many links are open. */
  public int openLinks() {
    return links.ufrags();
  }

  LinkTable links() {
    return links;
  }

  TransportFactory transports() {
    return transports;
  }

  /** Waits until there is something to do, a tick at most. */
  void await(long nowNanos) {
    long untilTick = nextTickNanos - nowNanos;
    if (untilTick > 0) {
      datagramPorts.await(untilTick);
    }
  }

  /**
   * Runs a task on the worker's thread, in order. Any thread.
   *
   * @throws RejectedExecutionException when the worker has ended or its queue is full
   */
  @Override
  public void execute(Runnable task) {
    if (ended || !commands.offer(task)) {
      throw new RejectedExecutionException(ended ? "the worker has ended" : "too many commands");
    }
    datagramPorts.wakeup();
  }

  /**
   * Runs a task on the worker's thread and waits for what it returns. Any other thread.
   *
   * @throws ExecutionException with what the task threw
   * @throws WorkerUnavailableException when the worker is stopped, has too many commands waiting or
   *     has not run the task in time; a task that has not begun by then never will
   */
  public <T extends @Nullable Object> T call(Callable<T> task, Duration timeout)
      throws ExecutionException {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a worker cannot wait for itself");
    }
    if (stopping) {
      throw new WorkerUnavailableException("refused: the worker is stopping");
    }
    FutureTask<T> future = new FutureTask<>(task);
    try {
      execute(future);
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new WorkerUnavailableException("refused: " + e.getMessage());
    } catch (TimeoutException e) {
      future.cancel(false);
      throw new WorkerUnavailableException("no answer within " + timeout);
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new WorkerUnavailableException("interrupted while waiting");
    }
  }

  /** Refuses further calls. Any thread. */
  void stop() {
    stopping = true;
    datagramPorts.wakeup();
  }

  boolean isStopping() {
    return stopping;
  }

  /** Ends all tenants; what their transports have left to say still comes as commands. */
  void closeTenants() {
    for (Tenant tenant : List.copyOf(tenants)) {
      try {
        tenant.close();
      } catch (RuntimeException e) {
        faults.inTask(e);
      }
    }
  }

  /** Refuses commands too. Any thread. */
  void end() {
    stopping = true;
    ended = true;
  }
}

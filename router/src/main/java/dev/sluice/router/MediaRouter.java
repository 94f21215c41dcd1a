package dev.sluice.router;

import dev.sluice.router.live.PacketPathWarmUp;
import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.net.Network;
import dev.sluice.router.net.NioNetwork;
import dev.sluice.router.net.PortUnavailableException;
import dev.sluice.router.room.NegotiationSettings;
import dev.sluice.router.room.Room;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerThread;
import dev.sluice.rtp.codec.VideoCodec;
import dev.sluice.transport.TransportFactory;
import dev.sluice.transport.negotiation.MediaCapabilities;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The workers of this process and the rooms on them. Any thread. */
public final class MediaRouter implements AutoCloseable {
  private final TransportFactory transports;
  private final List<WorkerSlot> slots;
  private final List<VideoCodec> videoCodecs;

  private MediaRouter(
      TransportFactory transports, List<WorkerSlot> slots, List<VideoCodec> videoCodecs) {
    this.transports = transports;
    this.videoCodecs = videoCodecs;
    this.slots = slots;
  }

  /**
   * Warms up, opens the ports and starts the workers; takes seconds.
   *
   * @param transports closed with the router
   * @throws RouterStartException when a port cannot be opened
   */
  public static MediaRouter start(RouterSettings settings, TransportFactory transports)
      throws RouterStartException {
    return start(settings, transports, new NioNetwork(), new SecureRandom());
  }

  static MediaRouter start(
      RouterSettings settings, TransportFactory transports, Network network, RandomGenerator random)
      throws RouterStartException {
    // Bound first, so that a port that is taken is told at once. What arrives before the workers
    // start belongs to nobody.
    List<DatagramPorts> opened = openPorts(settings, network);
    try {
      transports.warmUp();
      PacketPathWarmUp.run(random);
    } catch (RuntimeException e) {
      opened.forEach(DatagramPorts::close);
      throw e;
    }
    MediaCapabilities capabilities = MediaCapabilities.withVideoCodecs(settings.videoCodecs());
    List<WorkerSlot> slots = new ArrayList<>();
    for (DatagramPorts ports : opened) {
      Worker worker = new Worker(ports, transports, System::nanoTime);
      List<InetSocketAddress> candidates =
          settings.advertisedAddresses().stream()
              .map(address -> new InetSocketAddress(address, ports.portNumber()))
              .toList();
      slots.add(
          new WorkerSlot(
              WorkerThread.start(worker, "router-worker-" + slots.size(), System::nanoTime),
              ports,
              new NegotiationSettings(
                  capabilities,
                  transports.fingerprint(),
                  candidates,
                  settings.adaptation(),
                  random)));
    }
    return new MediaRouter(transports, List.copyOf(slots), settings.videoCodecs());
  }

  private static List<DatagramPorts> openPorts(RouterSettings settings, Network network)
      throws RouterStartException {
    List<DatagramPorts> opened = new ArrayList<>();
    try {
      for (int i = 0; i < settings.workers(); i++) {
        int port = settings.basePort() == 0 ? 0 : settings.basePort() + i;
        opened.add(network.open(settings.bindAddresses(), port));
      }
      return opened;
    } catch (PortUnavailableException e) {
      opened.forEach(DatagramPorts::close);
      throw new RouterStartException("the router cannot listen: " + e.getMessage(), e);
    }
  }

  /**
   * Opens an empty room on the worker with the fewest; it stays there.
   *
   * @param name for {@link #rooms}
   */
  public Room open(String name, RoomListener listener) {
    WorkerSlot slot = slots.stream().min(Comparator.comparingInt(WorkerSlot::rooms)).orElseThrow();
    return slot.open(name, listener);
  }

  /** What the transports of every room have carried so far, in the order of the workers. */
  public List<RoomSnapshot> rooms() {
    return slots.stream().flatMap(slot -> slot.roomSnapshots().stream()).toList();
  }

  /** What video is sent in, the preferred codec first. */
  public List<VideoCodec> videoCodecs() {
    return videoCodecs;
  }

  /** Where each worker is reached, in the order of the workers. */
  public List<List<InetSocketAddress>> candidates() {
    return slots.stream().map(slot -> slot.settings().candidates()).toList();
  }

  /** What the workers have done and dropped so far. */
  public List<WorkerSnapshot> snapshot() {
    return slots.stream().map(WorkerSlot::snapshot).toList();
  }

  /** Ends every room, tells the peers, stops the workers; within a second. */
  @Override
  public void close() {
    slots.forEach(WorkerSlot::close);
    transports.close();
  }
}

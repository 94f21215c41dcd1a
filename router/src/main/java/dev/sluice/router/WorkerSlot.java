package dev.sluice.router;

import dev.sluice.router.live.RoomSnapshot;
import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.room.NegotiatedRoom;
import dev.sluice.router.room.NegotiationSettings;
import dev.sluice.router.room.Room;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerThread;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** One worker with its thread, its ports and the rooms that are open on it. Any thread. */
final class WorkerSlot implements AutoCloseable {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final WorkerThread thread;
  private final DatagramPorts ports;
  private final NegotiationSettings settings;
  private final Set<NegotiatedRoom> rooms = ConcurrentHashMap.newKeySet();

  WorkerSlot(WorkerThread thread, DatagramPorts ports, NegotiationSettings settings) {
    this.thread = thread;
    this.ports = ports;
    this.settings = settings;
  }

  int rooms() {
    return rooms.size();
  }

  NegotiationSettings settings() {
    return settings;
  }

  Room open(String name, RoomListener listener) {
    NegotiatedRoom room =
        NegotiatedRoom.open(
            name, thread.worker(), listener, settings, Thread::startVirtualThread, rooms::remove);
    rooms.add(room);
    return room;
  }

  List<RoomSnapshot> roomSnapshots() {
    return read(() -> rooms.stream().map(NegotiatedRoom::read).toList());
  }

  WorkerSnapshot snapshot() {
    Worker worker = thread.worker();
    return read(() -> WorkerSnapshot.of(worker, rooms.size()));
  }

  private <T> T read(Callable<T> counters) {
    try {
      return thread.worker().call(counters, CALL_TIMEOUT);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the counters of a worker cannot be read", e.getCause());
    }
  }

  /** Ends the worker; what its rooms had is closed on its thread before that. */
  @Override
  public void close() {
    thread.close();
    ports.close();
  }
}

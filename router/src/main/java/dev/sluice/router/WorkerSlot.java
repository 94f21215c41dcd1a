package dev.sluice.router;

import dev.sluice.router.net.DatagramPorts;
import dev.sluice.router.room.NegotiatedRoom;
import dev.sluice.router.room.NegotiationSettings;
import dev.sluice.router.room.Room;
import dev.sluice.router.room.RoomListener;
import dev.sluice.router.worker.Worker;
import dev.sluice.router.worker.WorkerThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** One worker with its thread, its ports and the rooms that are open on it. Any thread. */
final class WorkerSlot implements AutoCloseable {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private final WorkerThread thread;
  private final DatagramPorts ports;
  private final NegotiationSettings settings;
  private final Set<Room> rooms = ConcurrentHashMap.newKeySet();

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

  Room open(RoomListener listener) {
    Room room = NegotiatedRoom.open(thread.worker(), listener, settings, rooms::remove);
    rooms.add(room);
    return room;
  }

  WorkerSnapshot snapshot() {
    Worker worker = thread.worker();
    try {
      return worker.call(() -> WorkerSnapshot.of(worker, rooms.size()), CALL_TIMEOUT);
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

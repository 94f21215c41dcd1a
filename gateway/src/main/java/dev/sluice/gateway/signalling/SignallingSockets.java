package dev.sluice.gateway.signalling;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open sockets, counted and stopped together. Any thread. */
final class SignallingSockets {
  private final SignallingSettings settings;
  private final Map<SignallingSocket, Thread> open = new ConcurrentHashMap<>();
  private final Set<SignallingSocket> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  SignallingSockets(SignallingSettings settings) {
    this.settings = settings;
  }

  /** True when no further socket may be opened now. */
  boolean full() {
    return stopping
        || open.size() >= settings.limits().sockets()
        || waiting.size() >= settings.limits().socketsBeforeConnect();
  }

  void opened(SignallingSocket socket, Thread thread) {
    waiting.add(socket);
    open.put(socket, thread);
  }

  void joined(SignallingSocket socket) {
    waiting.remove(socket);
  }

  void closed(SignallingSocket socket) {
    waiting.remove(socket);
    open.remove(socket);
  }

  int size() {
    return open.size();
  }

  /** Closes all sockets with 1001 and waits for them, at most so long. */
  void stop(Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    stopping = true;
    open.keySet().forEach(SignallingSocket::stop);
    for (Thread thread : open.values()) {
      Duration left = Duration.ofNanos(endNanos - System.nanoTime());
      if (left.isPositive()) {
        thread.join(left);
      }
    }
  }
}

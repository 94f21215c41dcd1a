package dev.sluice.gateway.signalling;

import dev.sluice.session.ConnectionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of this server: found by their connection, stopped together. Any thread. */
final class Lines {
  private final Map<Line, Thread> running = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Line> connections = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  boolean stopping() {
    return stopping;
  }

  void started(Line line, Thread thread) {
    running.put(line, thread);
    if (stopping) {
      stop(line);
    }
  }

  void joined(ConnectionId connection, Line line) {
    connections.put(connection, line);
  }

  Optional<Line> find(ConnectionId connection) {
    return Optional.ofNullable(connections.get(connection));
  }

  void left(ConnectionId connection) {
    connections.remove(connection);
  }

  void ended(Line line) {
    running.remove(line);
  }

  /** Ends everything with 1001 and waits for it, at most so long. */
  void stop(Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    stopping = true;
    running.keySet().forEach(Lines::stop);
    for (Thread thread : running.values()) {
      Duration left = Duration.ofNanos(endNanos - System.nanoTime());
      if (left.isPositive()) {
        thread.join(left);
      }
    }
  }

  private static void stop(Line line) {
    // A line that has just ended needs no telling.
    line.inbox().add(new Input.Stop());
  }
}

package dev.sluice.gateway.signalling;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sockets, and those of them that have not joined a session yet, counted by where they
 * come from. Any thread.
 */
final class SignallingSockets {
  private final SignallingLimits limits;
  private final Set<SocketPeer> open = ConcurrentHashMap.newKeySet();
  private final Map<SocketPeer, SourceAddress> waiting = new ConcurrentHashMap<>();
  private final Map<SourceAddress, Integer> waitingBySource = new ConcurrentHashMap<>();

  SignallingSockets(SignallingLimits limits) {
    this.limits = limits;
  }

  /** True when this source may not open a further socket now. */
  boolean fullFor(SourceAddress source) {
    return open.size() >= limits.sockets()
        || waiting.size() >= limits.socketsBeforeConnect()
        || waitingBySource.getOrDefault(source, 0) >= limits.socketsBeforeConnectPerAddress();
  }

  void opened(SocketPeer socket, SourceAddress source) {
    open.add(socket);
    waiting.put(socket, source);
    waitingBySource.merge(source, 1, Integer::sum);
  }

  /** The client of this socket has joined a session, or is gone. */
  void doneWaiting(SocketPeer socket) {
    SourceAddress source = waiting.remove(socket);
    if (source != null) {
      waitingBySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  void closed(SocketPeer socket) {
    doneWaiting(socket);
    open.remove(socket);
  }

  int size() {
    return open.size();
  }

  /** Waits until no socket is open, at most so long. */
  void awaitClosed(Duration patience) throws InterruptedException {
    long endNanos = System.nanoTime() + patience.toNanos();
    for (SocketPeer socket : open) {
      Duration left = Duration.ofNanos(endNanos - System.nanoTime());
      if (!left.isPositive() || !socket.awaitGone(left)) {
        return;
      }
    }
  }
}

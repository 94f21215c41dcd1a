package dev.sluice.gateway.signalling;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open sockets. Any thread. */
final class SignallingSockets {
  private final SignallingSettings settings;
  private final Set<SignallingSocket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger joined = new AtomicInteger();

  SignallingSockets(SignallingSettings settings) {
    this.settings = settings;
  }
}

package dev.sluice.gateway.signalling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what a conversation does to its client. */
final class FakePeer implements Peer {
  final List<String> sent = new ArrayList<>();
  int pings;
  int messageLimit;
  boolean full;
  Optional<CloseCode> closed = Optional.empty();

  @Override
  public boolean send(String message) {
    if (full) {
      return false;
    }
    sent.add(message);
    return true;
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void close(CloseCode code) {
    if (closed.isPresent()) {
      throw new IllegalStateException("closed with " + closed.get() + " before " + code);
    }
    closed = Optional.of(code);
  }

  @Override
  public void limitMessages(int bytes) {
    messageLimit = bytes;
  }
}

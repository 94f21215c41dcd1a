package dev.sluice.gateway.signalling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what is done to its client. */
final class FakePeer implements Peer {
  final List<String> sent = new ArrayList<>();
  int pings;
  boolean admitted;
  boolean full;
  Optional<CloseCode> closed = Optional.empty();

  @Override
  public boolean send(String message) {
    if (closed.isPresent()) {
      throw new IllegalStateException("sent after " + closed.get() + ": " + message);
    }
    if (full) {
      return false;
    }
    sent.add(message);
    return true;
  }

  @Override
  public void sendKept(List<String> messages) {
    sent.addAll(messages);
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void demand() {
    throw new IllegalStateException("frames are demanded by the line");
  }

  @Override
  public void admit() {
    admitted = true;
  }

  @Override
  public void close(CloseCode code) {
    if (closed.isPresent()) {
      throw new IllegalStateException("closed with " + closed.get() + " before " + code);
    }
    closed = Optional.of(code);
  }

  /** All since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }
}

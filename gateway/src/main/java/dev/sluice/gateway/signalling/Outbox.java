package dev.sluice.gateway.signalling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers the frames of one connection and keeps the latest of them for a client that resumes.
 * Bounded: the oldest go first, as long as they have been on their way to the client. Used by the
 * connection's own thread.
 */
final class Outbox {
  private final int maxFrames;
  private final int maxChars;
  private final Deque<String> kept = new ArrayDeque<>();
  private int keptChars;
  private long lastSeq;
  private long lastSentSeq;

  Outbox(SignallingLimits limits) {
    maxFrames = limits.queuedMessages();
    maxChars = limits.queuedChars();
  }

  /** Numbers and keeps a frame that is being sent now; returns its text. */
  String send(ObjectNode message) {
    String frame = number(message);
    lastSentSeq = lastSeq;
    trim();
    return frame;
  }

  /** Numbers and keeps a frame for later; false when it is more than can be kept. */
  boolean keep(ObjectNode message) {
    number(message);
    return trim();
  }

  /** The client has handled the frames up to this one; a number never sent is ignored. */
  void handled(long seq) {
    if (seq > lastSentSeq) {
      return;
    }
    while (!kept.isEmpty() && firstKeptSeq() <= seq) {
      dropFirst();
    }
  }

  /** True when every frame after this one is kept, and this one was sent. */
  boolean canContinueAfter(long seq) {
    return seq >= firstKeptSeq() - 1 && seq <= lastSentSeq;
  }

  /** What is kept, oldest first, is being sent now. */
  List<String> resend() {
    lastSentSeq = lastSeq;
    return List.copyOf(kept);
  }

  private String number(ObjectNode message) {
    lastSeq++;
    String frame = message.put("seq", lastSeq).toString();
    kept.addLast(frame);
    keptChars += frame.length();
    return frame;
  }

  private boolean trim() {
    while (kept.size() > maxFrames || keptChars > maxChars) {
      if (firstKeptSeq() > lastSentSeq) {
        return false;
      }
      dropFirst();
    }
    return true;
  }

  private void dropFirst() {
    keptChars -= kept.removeFirst().length();
  }

  private long firstKeptSeq() {
    return lastSeq - kept.size() + 1;
  }
}

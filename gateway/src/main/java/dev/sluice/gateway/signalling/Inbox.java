package dev.sluice.gateway.signalling;

import dev.sluice.session.live.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one {@link Line}. Any thread puts in, the line's own thread takes out. Frames are
 * bounded by the demand for them, events are counted.
 */
final class Inbox {
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingEvents = new AtomicInteger();
  private final int maxEvents;
  private volatile boolean closed;

  Inbox(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** False when nobody will take it out any more. */
  boolean add(Input input) {
    inputs.add(input);
    // Whoever gets it out deals with it: this caller, or the line that is just closing.
    return !closed || !inputs.remove(input);
  }

  void addEvent(SessionEvent event) {
    int waiting = waitingEvents.incrementAndGet();
    if (waiting <= maxEvents) {
      inputs.add(new Input.Event(event));
    } else if (waiting == maxEvents + 1) {
      inputs.add(new Input.TooManyEvents());
    }
  }

  /** The next input; null when none came in time. */
  @Nullable Input poll(long waitNanos) throws InterruptedException {
    Input input = inputs.poll(waitNanos, TimeUnit.NANOSECONDS);
    if (input instanceof Input.Event) {
      waitingEvents.decrementAndGet();
    }
    return input;
  }

  /** What waits now. */
  List<Input> drain() {
    List<Input> rest = new ArrayList<>();
    inputs.drainTo(rest);
    return rest;
  }

  /** Takes nothing any more; returns what was left. */
  List<Input> close() {
    closed = true;
    return drain();
  }
}

package dev.sluice.testkit.network;

import java.util.PriorityQueue;

/** Virtual time: events run in the order of their times, those of one time as they were added. */
public final class EventLoop {
  /** Something that happens at a moment. */
  @FunctionalInterface
  public interface Event {
    /**
     * Happens.
     *
     * @param nowNanos the moment it was added for
     */
    void run(long nowNanos);
  }

  private record Entry(long atNanos, long order, Event event) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nowNanos;
  private long added;

  /**
   * An empty loop.
   *
   * @param startNanos its time until the first event
   */
  public EventLoop(long startNanos) {
    nowNanos = startNanos;
  }

  /** The time of the event that runs, or up to which time has passed. */
  public long nowNanos() {
    return nowNanos;
  }

  /**
   * Adds an event.
   *
   * @throws IllegalArgumentException when its moment is over
   */
  public void at(long atNanos, Event event) {
    if (atNanos < nowNanos) {
      throw new IllegalArgumentException("at %d ns, now is %d ns".formatted(atNanos, nowNanos));
    }
    entries.add(new Entry(atNanos, added++, event));
  }

  /** Adds an event that comes again in steady intervals, for as long as the loop is run. */
  public void every(long intervalNanos, long firstNanos, Event event) {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("every %d ns".formatted(intervalNanos));
    }
    at(
        firstNanos,
        now -> {
          event.run(now);
          every(intervalNanos, now + intervalNanos, event);
        });
  }

  /** Runs what happens up to a moment, which is the time afterwards. */
  public void runUntil(long endNanos) {
    for (Entry next = entries.peek(); next != null && next.atNanos <= endNanos; ) {
      entries.remove();
      nowNanos = next.atNanos;
      next.event.run(nowNanos);
      next = entries.peek();
    }
    nowNanos = Math.max(nowNanos, endNanos);
  }
}

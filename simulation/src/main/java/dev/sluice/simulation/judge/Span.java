package dev.sluice.simulation.judge;

/** From one moment to another. */
public record Span(long fromNanos, long toNanos) {
  public Span {
    if (toNanos <= fromNanos) {
      throw new IllegalArgumentException("from %d to %d ns".formatted(fromNanos, toNanos));
    }
  }
}

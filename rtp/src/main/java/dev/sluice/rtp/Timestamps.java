package dev.sluice.rtp;

/** Arithmetic of 32-bit RTP timestamps that wrap around (RFC 3550 §5.1). Stateless. */
public final class Timestamps {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Timestamps() {}

  /** The shortest way from one timestamp to another in ticks; positive when {@code to} is newer. */
  public static int distance(int from, int to) {
    return to - from;
  }

  /** Whether {@code a} comes after {@code b}. */
  public static boolean isNewer(int a, int b) {
    return distance(b, a) > 0;
  }

  /** Extends a timestamp to the value nearest to {@code near} that has it in its low 32 bits. */
  public static long unwrap(long near, int rtpTimestamp) {
    return near + (rtpTimestamp - (int) near);
  }

  /** The ticks of a clock of {@code clockRateHz} in a duration, rounded down to a whole tick. */
  public static long ticksOfNanos(long durationNanos, int clockRateHz) {
    long seconds = Math.floorDiv(durationNanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(durationNanos, NANOS_PER_SECOND);
    return seconds * clockRateHz + rest * clockRateHz / NANOS_PER_SECOND;
  }

  /** The duration of {@code ticks} of a clock of {@code clockRateHz} in nanoseconds. */
  public static long nanosOfTicks(long ticks, int clockRateHz) {
    long seconds = Math.floorDiv(ticks, (long) clockRateHz);
    long rest = Math.floorMod(ticks, (long) clockRateHz);
    return seconds * NANOS_PER_SECOND + rest * NANOS_PER_SECOND / clockRateHz;
  }
}

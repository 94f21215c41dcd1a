package dev.sluice.rtp.extension;

/** The absolute send time: 24 bits of 6.18 fixed point seconds that wrap every 64 s. Stateless. */
public final class AbsSendTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long WRAP_NANOS = 64 * NANOS_PER_SECOND;

  private AbsSendTime() {}

  /** The 24 bits for a time; receivers only look at differences, so any steady clock will do. */
  public static int ofNanos(long nanos) {
    return (int) ((Math.floorMod(nanos, WRAP_NANOS) << 18) / NANOS_PER_SECOND) & 0xFF_FFFF;
  }
}

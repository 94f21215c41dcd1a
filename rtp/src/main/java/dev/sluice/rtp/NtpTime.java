package dev.sluice.rtp;

/**
 * NTP timestamps as RTCP carries them (RFC 3550 §4): seconds since 1900 in the high and the
 * fraction in the low 32 bits of a long, or the middle 32 bits of that ("compact", units of 2^-16
 * s). Stateless; nothing here reads a clock.
 */
public final class NtpTime {
  /** Seconds from 1900-01-01 to 1970-01-01 (RFC 868). */
  public static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private NtpTime() {}

  /** The NTP time of nanoseconds since 1970. */
  public static long ofUnixNanos(long unixNanos) {
    return ofNanos(unixNanos) + (UNIX_EPOCH_SECONDS << 32);
  }

  /** Nanoseconds since 1970 of an NTP time; it is taken to be of NTP's era 0, up to 2036. */
  public static long toUnixNanos(long ntpTime) {
    return toNanos(ntpTime - (UNIX_EPOCH_SECONDS << 32));
  }

  /** A duration in units of 2^-32 s, rounded down. */
  public static long ofNanos(long durationNanos) {
    long seconds = Math.floorDiv(durationNanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(durationNanos, NANOS_PER_SECOND);
    return (seconds << 32) + (rest << 32) / NANOS_PER_SECOND;
  }

  /** The nanoseconds, to the nearest one, of a duration in units of 2^-32 s. */
  public static long toNanos(long ntpDuration) {
    long seconds = ntpDuration >> 32;
    long fraction = ntpDuration & 0xFFFF_FFFFL;
    return seconds * NANOS_PER_SECOND + ((fraction * NANOS_PER_SECOND + (1L << 31)) >>> 32);
  }

  /** The middle 32 bits, which a report block's "last SR" is (RFC 3550 §6.4.1). */
  public static int compact(long ntpTime) {
    return (int) (ntpTime >> 16);
  }

  /** A duration in units of 2^-16 s as a report block's "delay since last SR", 0 to 18 hours. */
  public static int compactOfNanos(long durationNanos) {
    return compact(ofNanos(durationNanos));
  }

  /** The nanoseconds of a difference of two compact times, which may be negative. */
  public static long nanosOfCompact(int compactDuration) {
    return ((long) compactDuration * NANOS_PER_SECOND) >> 16;
  }
}

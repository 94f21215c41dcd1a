package dev.sluice.server.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations, sizes and bitrates: a whole number with its unit, so that nobody has to know which is
 * meant.
 */
public final class Quantities {
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]+)");

  private static final Map<String, ChronoUnit> TIMES =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private static final int KIB = 1024;
  private static final int MIB = 1024 * 1024;
  private static final Map<String, Integer> SIZES = Map.of("B", 1, "KiB", KIB, "MiB", MIB);

  private static final long KBPS = 1000;
  private static final long MBPS = 1_000_000;
  private static final Map<String, Long> BITRATES = Map.of("bps", 1L, "kbps", KBPS, "Mbps", MBPS);

  private Quantities() {}

  static ValueType<Duration> duration(Duration min, Duration max) {
    return new ValueType<>(
        "a time from %s to %s with its unit (ms, s, m, h, d)".formatted(show(min), show(max)),
        raw ->
            raw instanceof String text
                ? parseDuration(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
                : Optional.empty(),
        Quantities::show);
  }

  static ValueType<Integer> bytes(int min, int max) {
    return new ValueType<>(
        "a size from %s to %s with its unit (B, KiB, MiB)"
            .formatted(showBytes(min), showBytes(max)),
        raw ->
            raw instanceof String text
                ? parseBytes(text).filter(n -> n >= min && n <= max).map(Long::intValue)
                : Optional.empty(),
        Quantities::showBytes);
  }

  /** Of bits a second; the units count in thousands. */
  static ValueType<Long> bitrate(long min, long max) {
    return new ValueType<>(
        "a bitrate from %s to %s with its unit (bps, kbps, Mbps)"
            .formatted(showBitrate(min), showBitrate(max)),
        raw ->
            raw instanceof String text
                ? parseBitrate(text).filter(n -> n >= min && n <= max)
                : Optional.empty(),
        Quantities::showBitrate);
  }

  /** Reads {@code 500ms}, {@code 10 s}, {@code 5m}, {@code 2h}, {@code 30d}. */
  public static Optional<Duration> parseDuration(String text) {
    Matcher parts = QUANTITY.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(TIMES.get(parts.group(2)))
        .map(unit -> unit.getDuration().multipliedBy(Long.parseLong(parts.group(1))));
  }

  private static Optional<Long> parseBytes(String text) {
    Matcher parts = QUANTITY.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(SIZES.get(parts.group(2)))
        .map(unit -> unit * Long.parseLong(parts.group(1)));
  }

  private static Optional<Long> parseBitrate(String text) {
    Matcher parts = QUANTITY.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(BITRATES.get(parts.group(2)))
        .map(unit -> unit * Long.parseLong(parts.group(1)));
  }

  private static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static String showBitrate(long bitrateBps) {
    if (bitrateBps % MBPS == 0) {
      return bitrateBps / MBPS + "Mbps";
    }
    return bitrateBps % KBPS == 0 ? bitrateBps / KBPS + "kbps" : bitrateBps + "bps";
  }

  private static String showBytes(int bytes) {
    if (bytes % MIB == 0) {
      return bytes / MIB + "MiB";
    }
    return bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
  }
}

package dev.sluice.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The JDK, its memory, the limits of the process and the clock. */
final class Machine {
  private static final int JAVA = 25;

  /** Files, the database, UDP sockets and the JDK's own. */
  private static final int OTHER_DESCRIPTORS = 500;

  private static final long MIB = 1024L * 1024;
  private static final long SMALL_HEAP = 512 * MIB;
  private static final Duration CLOCK_SAMPLE = Duration.ofMillis(300);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(50);

  private Machine() {}

  static Stream<Finding> examine(int sockets) throws InterruptedException {
    return Stream.of(jdk(), nativeAccess(), memory(), collector(), descriptors(sockets), clock());
  }

  private static Finding jdk() {
    String version = Runtime.version() + ", " + System.getProperty("java.vendor");
    return Runtime.version().feature() >= JAVA
        ? Finding.ok("jdk", "Java " + version)
        : Finding.fail("jdk", "Java " + version, "install a JDK " + JAVA + " or newer");
  }

  private static Finding nativeAccess() {
    return Machine.class.getModule().isNativeAccessEnabled()
        ? Finding.ok("native access", "enabled")
        : Finding.fail(
            "native access",
            "not enabled: SQLite's library cannot be loaded",
            "start with ./sluice, or java --enable-native-access=ALL-UNNAMED -jar sluice.jar");
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String message =
        "the heap may grow to %d MiB on %d processors"
            .formatted(heap / MIB, Runtime.getRuntime().availableProcessors());
    return heap >= SMALL_HEAP
        ? Finding.ok("memory", message)
        : Finding.warn(
            "memory", message, "SLUICE_JAVA_OPTS=-Xmx1g gives it more, where the machine has it");
  }

  private static Finding collector() {
    List<String> names =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    String message = String.join(", ", names);
    return names.stream().anyMatch(name -> name.contains("ZGC"))
        ? Finding.ok("collector", message)
        : Finding.warn(
            "collector",
            message + ": its pauses are pauses of everybody's media",
            "start with ./sluice, or java -XX:+UseZGC");
  }

  private static Finding descriptors(int sockets) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return Finding.ok("file descriptors", "this system has no limit that could be read");
    }
    long limit = unix.getMaxFileDescriptorCount();
    String message =
        "%d, and limits.signalling.sockets allows %d sockets".formatted(limit, sockets);
    return limit >= sockets + OTHER_DESCRIPTORS
        ? Finding.ok("file descriptors", message)
        : Finding.warn(
            "file descriptors",
            message,
            "raise it to %d (ulimit -n, LimitNOFILE= of systemd, nofile of a container), or lower the limit of sockets"
                .formatted(sockets + OTHER_DESCRIPTORS));
  }

  /** Tokens are checked by the wall clock. */
  private static Finding clock() throws InterruptedException {
    long wallBefore = System.currentTimeMillis();
    long nanosBefore = System.nanoTime();
    Thread.sleep(CLOCK_SAMPLE);
    Duration wall = Duration.ofMillis(System.currentTimeMillis() - wallBefore);
    Duration steady = Duration.ofNanos(System.nanoTime() - nanosBefore);
    Duration drift = wall.minus(steady).abs();
    if (drift.compareTo(CLOCK_TOLERANCE) > 0) {
      return Finding.fail(
          "clock",
          "the time of day moved by %d ms in %d ms".formatted(wall.toMillis(), steady.toMillis()),
          "somebody sets the clock: let one NTP client (chrony, systemd-timesyncd) slew it"
              + " instead");
    }
    // systemd-timesyncd makes this file when it has set the clock; other clients leave no such
    // mark.
    return Files.exists(Path.of("/run/systemd/timesync/synchronized"))
        ? Finding.ok("clock", "steady and synchronised")
        : Finding.ok(
            "clock",
            "steady; whether it is set right cannot be seen here (tokens allow a difference of 60"
                + " s)");
  }
}

package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What has happened until one moment.
 *
 * @param cpuSeconds user and system time of the server's process
 * @param packets that all receivers have got
 */
record Moment(long nanos, double cpuSeconds, long packets, long missing, long unreadable) {
  /** proc(5): in clock ticks, which Linux fixes at 100 a second for user space. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  static Moment now(long processId, List<Client> receivers) throws IOException {
    return new Moment(
        System.nanoTime(),
        cpuSeconds(processId),
        sum(receivers, Received::packets),
        sum(receivers, Received::missing),
        sum(receivers, Received::unreadable));
  }

  private static double cpuSeconds(long processId) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(processId), "stat"));
    // The second field is a name in brackets, which may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
        / TICKS_PER_SECOND;
  }

  private static long sum(List<Client> receivers, ToLongFunction<Received> counter) {
    return receivers.stream().map(Client::received).mapToLong(counter).sum();
  }
}

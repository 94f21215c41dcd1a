package dev.sluice.bench;

import dev.sluice.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One publisher, many receivers: what a forwarded packet costs the server. */
@Command(
    name = "fan-out",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Loads a running 'sluice dev' with one publisher and N counting receivers, and prints what"
            + " the server did and what it cost.")
final class FanOut implements Callable<Integer> {
  @Option(names = "--url", description = "HTTP address of the server.")
  private URI server = URI.create("http://localhost:8080");

  @Option(names = "--pid", required = true, description = "Process of the server.")
  private long processId;

  @Option(names = "--subscribers", split = ",", description = "Numbers of receivers, run in turn.")
  private List<Integer> subscribers = List.of(20, 50);

  @Option(names = "--bitrate", description = "Bits a second of the video.")
  private int bitrateBps = 1_000_000;

  @Option(names = "--warm-up", description = "Seconds before measuring.")
  private int warmUpSeconds = 20;

  @Option(names = "--seconds", description = "Seconds of measuring.")
  private int seconds = 20;

  @Option(names = "--jfr", description = "Where to keep a flight recording of the last run.")
  private @Nullable Path recording;

  @Spec private @Nullable CommandSpec spec;

  static void main(String[] arguments) {
    System.exit(new CommandLine(new FanOut()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = out();
    out.printf(
        "| 1 → N | offered packets/s | forwarded packets/s | µs CPU per forwarded packet | server"
            + " CPU | missing | not authentic |%n");
    out.printf("|---|---|---|---|---|---|---|%n");
    SecureRandom random = new SecureRandom();
    DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    for (int count : subscribers) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        run(count, identity, http, out);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void run(int count, DtlsIdentity identity, HttpClient http, PrintWriter out)
      throws IOException, InterruptedException {
    Meeting meeting = Meeting.start(http, server);
    List<Client> receivers = new ArrayList<>();
    Client publisher = Client.publisher(identity, http, meeting);
    PacedStream stream = new PacedStream(publisher.peer(), bitrateBps);
    Thread sender = Thread.ofPlatform().name("load-sender").start(stream);
    try {
      for (int i = 0; i < count; i++) {
        receivers.add(Client.subscriber(identity, http, meeting));
      }
      List<Client> all = new ArrayList<>(receivers);
      all.add(publisher);
      stay(all, warmUpSeconds);
      Moment before = Moment.now(processId, receivers);
      Optional<FlightRecording> flight = record(count);
      stay(all, seconds);
      Moment after = Moment.now(processId, receivers);
      report(count, stream.packetsPerSecond(), before, after, out);
      if (flight.isPresent()) {
        flight.get().dump();
      }
    } finally {
      stream.stop();
      sender.join();
      for (Client receiver : receivers) {
        receiver.close();
      }
      publisher.close();
    }
  }

  private Optional<FlightRecording> record(int count) throws IOException, InterruptedException {
    boolean lastRun = count == subscribers.getLast();
    return recording != null && lastRun
        ? Optional.of(FlightRecording.start(processId, recording))
        : Optional.empty();
  }

  private static void stay(List<Client> clients, int seconds)
      throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < endNanos) {
      for (Client client : clients) {
        client.keepAlive();
      }
      long leftNanos = endNanos - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.clamp(leftNanos, 0, TimeUnit.SECONDS.toNanos(4)));
    }
  }

  private static void report(int count, int offered, Moment before, Moment after, PrintWriter out) {
    double elapsed = (after.nanos() - before.nanos()) / 1e9;
    long forwarded = after.packets() - before.packets();
    double cpuSeconds = after.cpuSeconds() - before.cpuSeconds();
    out.printf(
        Locale.ROOT,
        "| 1 → %d | %d | %.0f | %.2f | %.1f %% of a core | %d (%.3f %%) | %d |%n",
        count,
        offered,
        forwarded / elapsed,
        cpuSeconds * 1e6 / forwarded,
        cpuSeconds / elapsed * 100,
        after.missing() - before.missing(),
        (after.missing() - before.missing()) * 100.0 / forwarded,
        after.unreadable() - before.unreadable());
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec.commandLine().getOut();
  }
}

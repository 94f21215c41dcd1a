package dev.sluice.simulation.report;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.live.AdaptationSettings;
import dev.sluice.simulation.scenario.Recording;
import dev.sluice.simulation.scenario.Run;
import dev.sluice.simulation.scenario.Scenario;
import dev.sluice.simulation.subscriber.PictureLog;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What happened in one run, line by line. */
final class Timeline {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int SAMPLES_PER_LINE = 5;

  private Timeline() {}

  static void print(Scenario scenario, long seed, PrintStream out) {
    Recording recording = new Recording();
    Run run = scenario.run(seed, AdaptationSettings.DEFAULTS, recording);
    TreeMap<Long, StringBuilder> lines = new TreeMap<>();
    List<Recording.Sample> samples = recording.samples();
    for (int i = SAMPLES_PER_LINE - 1; i < samples.size(); i += SAMPLES_PER_LINE) {
      add(lines, samples.get(i).nanos(), describe(samples.get(i)));
    }
    run.study()
        .subject()
        .qualities()
        .forEach(event -> add(lines, event.nanos(), event.streamId() + " " + event.quality()));
    for (PictureLog log : run.study().subject().pictures()) {
      addPictures(lines, log);
    }
    out.printf("%n%s, seed %d%n", scenario.name(), seed);
    lines.forEach(
        (nanos, line) ->
            out.printf(Locale.ROOT, "%8.2f %s%n", nanos / NANOS_PER_SECOND, line.substring(2)));
  }

  private static void addPictures(TreeMap<Long, StringBuilder> lines, PictureLog log) {
    PictureLog.Shown last = new PictureLog.Shown(0, -1, 0);
    for (PictureLog.Shown shown : log.shown()) {
      if (shown.encoding() != last.encoding()) {
        add(lines, shown.nanos(), "shows encoding " + shown.encoding());
      }
      last = shown;
    }
    for (PictureLog.Freeze freeze : log.freezes()) {
      double seconds = (freeze.toNanos() - freeze.fromNanos()) / NANOS_PER_SECOND;
      add(lines, freeze.fromNanos(), "frozen for %.2f s".formatted(seconds));
    }
  }

  private static String describe(Recording.Sample sample) {
    String rates =
        String.format(
            Locale.ROOT,
            "%8.0f carries, %6.0f sent, %6.0f arrived",
            sample.capacityBps() / 1000.0,
            sample.sentBps() / 1000,
            sample.receivedBps() / 1000);
    return sample
        .adaptation()
        .map(
            adaptation -> {
              Estimate estimate = adaptation.estimate();
              return String.format(
                  Locale.ROOT,
                  "%s, %6d estimated (%s, %s), loss %.2f, queue %.0f ms, waits %.0f ms, probes %d",
                  rates,
                  estimate.bitrateBps() / 1000,
                  estimate.reason(),
                  estimate.usage(),
                  estimate.loss(),
                  estimate.queueDelayNanos() / NANOS_PER_MILLI,
                  adaptation.queueDelayNanos() / NANOS_PER_MILLI,
                  adaptation.probes());
            })
        .orElse(rates);
  }

  private static void add(TreeMap<Long, StringBuilder> lines, long nanos, String text) {
    lines.computeIfAbsent(nanos, _ -> new StringBuilder()).append("; ").append(text);
  }
}

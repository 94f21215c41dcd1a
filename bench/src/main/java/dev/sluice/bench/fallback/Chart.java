package dev.sluice.bench.fallback;

import static dev.sluice.bench.fallback.Axes.number;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.simulation.scenario.Recording.Sample;
import dev.sluice.simulation.subscriber.PictureLog;
import dev.sluice.simulation.subscriber.QualityEvent;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SoundLog;
import dev.sluice.testkit.network.PathTrace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One run as a drawing: bitrates over the states of the video, layers, and sound that was lost. */
final class Chart {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BPS_PER_KBIT = 1000;
  private static final int POINTS = 150;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 330;
  private static final int TEMPORAL_LAYERS = 3;
  private static final int TICKS = 8;

  private final Examined examined;
  private final SimulatedSubscriber subject;
  private final double seconds;
  private final int everySample;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Examined examined) {
    this.examined = examined;
    this.subject = examined.drawn().study().subject();
    this.seconds = examined.scenario().seconds();
    this.everySample = Math.max(1, examined.samples().size() / POINTS);
  }

  static String of(Examined examined) {
    return new Chart(examined).draw();
  }

  private String draw() {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Page.escaped(examined.scenario().title())));
    Axes rates = new Axes(12, 150, seconds, Axes.roundUp(largestKbit()));
    Axes layers = new Axes(182, 50, seconds, 1);
    Axes sound = new Axes(252, 48, seconds, soundScale());
    states(rates, sound.bottom());
    rates(rates);
    layers(layers);
    sound(sound);
    time(rates, sound.bottom());
    return svg.append("</svg>").toString();
  }

  private void add(String element) {
    svg.append(element);
  }

  private double largestKbit() {
    double sent =
        examined.samples().stream().mapToDouble(Sample::sentBps).max().orElse(1) / BPS_PER_KBIT;
    double capacity =
        examined.samples().stream().mapToLong(Sample::capacityBps).max().orElse(1) / BPS_PER_KBIT;
    return 1.05 * Math.max(sent, Math.min(capacity, 1.7 * sent));
  }

  /** Where a video was off, or about to be. */
  private void states(Axes axes, double bottom) {
    for (PictureLog log : subject.pictures()) {
      for (PictureLog.Freeze freeze : log.freezes()) {
        double from = freeze.fromNanos() / NANOS_PER_SECOND;
        double to = freeze.toNanos() / NANOS_PER_SECOND;
        add(
            "<rect class=\"frozen\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"4\"/>"
                .formatted(
                    number(axes.x(from)),
                    number(axes.bottom() + 2),
                    number(Math.max(1.5, axes.x(to) - axes.x(from)))));
      }
    }
    Map<String, List<QualityEvent>> byStream =
        subject.qualities().stream().collect(Collectors.groupingBy(QualityEvent::streamId));
    Map<VideoQuality, String> classes = new EnumMap<>(VideoQuality.class);
    classes.put(VideoQuality.WARNING, "warning");
    classes.put(VideoQuality.OFF, "off");
    for (List<QualityEvent> events : byStream.values()) {
      for (int i = 0; i < events.size(); i++) {
        String name = classes.get(events.get(i).quality());
        double from = events.get(i).nanos() / NANOS_PER_SECOND;
        double to = i + 1 < events.size() ? events.get(i + 1).nanos() / NANOS_PER_SECOND : seconds;
        if (name != null) {
          add(
              "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                  .formatted(
                      name,
                      number(axes.x(from)),
                      number(axes.top()),
                      number(Math.max(1, axes.x(to) - axes.x(from))),
                      number(bottom - axes.top())));
        }
      }
    }
  }

  private void rates(Axes axes) {
    for (int i = 0; i <= 2; i++) {
      double value = axes.most() * i / 2;
      scale(axes, value, number(value));
    }
    add(
        "<text class=\"unit\" x=\"%s\" y=\"%s\">kbit/s</text>"
            .formatted(number(Axes.LEFT + 4), number(axes.top() + 10)));
    capacity(axes);
    line(axes, "sent", sample -> sample.sentBps() / BPS_PER_KBIT);
    line(
        axes,
        "estimate",
        sample ->
            sample.estimate().map(each -> each.bitrateBps() / BPS_PER_KBIT).orElse(Double.NaN));
  }

  private void capacity(Axes axes) {
    StringBuilder path = new StringBuilder();
    for (PathTrace.Phase phase : subject.downlinkTrace().phases()) {
      double at = Math.max(0, phase.fromNanos() / NANOS_PER_SECOND);
      String y = number(axes.y(phase.conditions().capacityBps() / BPS_PER_KBIT));
      path.append(
          path.isEmpty() ? "M" + number(axes.x(at)) + " " + y : "H" + number(axes.x(at)) + "V" + y);
    }
    add("<path class=\"capacity\" d=\"%sH%s\"/>".formatted(path, number(axes.x(seconds))));
  }

  private void scale(Axes axes, double value, String label) {
    add(
        "<path class=\"grid\" d=\"M%s %sH%s\"/><text class=\"left\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(
                number(Axes.LEFT),
                number(axes.y(value)),
                number(Axes.LEFT + Axes.WIDTH),
                number(Axes.LEFT - 6),
                number(axes.y(value) + 4),
                label));
  }

  private void line(Axes axes, String name, ToDoubleFunction<Sample> value) {
    StringBuilder points = new StringBuilder();
    List<Sample> samples = examined.samples();
    for (int i = 0; i < samples.size(); i += everySample) {
      double kbit = value.applyAsDouble(samples.get(i));
      if (!Double.isNaN(kbit)) {
        points.append(axes.point(samples.get(i).nanos() / NANOS_PER_SECOND, kbit)).append(' ');
      }
    }
    add("<polyline class=\"%s\" points=\"%s\"/>".formatted(name, points.toString().strip()));
  }

  /** The best layer of each video that was seen in each step; nothing where none was. */
  private void layers(Axes axes) {
    int encodings =
        1
            + subject.pictures().stream()
                .flatMap(log -> log.shown().stream())
                .mapToInt(PictureLog.Shown::encoding)
                .max()
                .orElse(0);
    Axes scaled = new Axes(axes.top(), axes.height(), seconds, encodings * TEMPORAL_LAYERS);
    for (int encoding = 0; encoding < encodings; encoding++) {
      scale(scaled, (encoding + 1) * TEMPORAL_LAYERS, "L" + (encoding + 1));
    }
    double step = Math.max(0.5, seconds / POINTS);
    for (PictureLog log : subject.pictures()) {
      StringBuilder path = new StringBuilder();
      int next = 0;
      boolean drawing = false;
      for (double at = 0; at < seconds; at += step) {
        int best = 0;
        while (next < log.shown().size()
            && log.shown().get(next).nanos() < (at + step) * NANOS_PER_SECOND) {
          PictureLog.Shown shown = log.shown().get(next++);
          best = Math.max(best, shown.encoding() * TEMPORAL_LAYERS + shown.temporal() + 1);
        }
        if (best > 0) {
          path.append(drawing ? 'V' : "M" + number(scaled.x(at)) + " ")
              .append(number(scaled.y(best)))
              .append('H')
              .append(number(scaled.x(at + step)));
        }
        drawing = best > 0;
      }
      add("<path class=\"layer\" d=\"%s\"/>".formatted(path));
    }
  }

  private double soundScale() {
    double worst = 0;
    double step = soundStep();
    for (double at = 0; at < seconds; at += step) {
      worst = Math.max(worst, lossAt(at, step));
    }
    return Math.max(5, Axes.roundUp(worst));
  }

  private double soundStep() {
    return Math.max(1, seconds / POINTS);
  }

  /** Percent of the sound recorded in a step, the worst of all streams. */
  private double lossAt(double at, double step) {
    double worst = 0;
    for (SoundLog log : subject.sounds()) {
      long from = (long) (at * NANOS_PER_SECOND);
      long to = (long) (Math.min(at + step, seconds - 1) * NANOS_PER_SECOND);
      worst = Math.max(worst, to <= from ? 0 : 100 * log.lossIn(from, to));
    }
    return worst;
  }

  private void sound(Axes axes) {
    scale(axes, 0, "");
    scale(axes, axes.most(), number(axes.most()) + " %");
    add(
        "<text class=\"unit\" x=\"%s\" y=\"%s\">sound lost</text>"
            .formatted(number(Axes.LEFT + 4), number(axes.top() + 10)));
    double step = soundStep();
    for (double at = 0; at < seconds; at += step) {
      double loss = lossAt(at, step);
      if (loss > 0) {
        add(
            "<rect class=\"lost\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(
                    number(axes.x(at)),
                    number(axes.y(loss)),
                    number(Math.max(1, axes.x(at + step) - axes.x(at) - 0.5)),
                    number(axes.bottom() - axes.y(loss))));
      }
    }
  }

  private void time(Axes axes, double bottom) {
    double every = Axes.roundUp(seconds / TICKS);
    for (double at = 0; at <= seconds; at += every) {
      add(
          "<text class=\"middle\" x=\"%s\" y=\"%s\">%s</text>"
              .formatted(number(axes.x(at)), number(bottom + 16), at == 0 ? "0 s" : number(at)));
    }
  }
}

package dev.sluice.simulation.judge;

import dev.sluice.router.fallback.VideoQuality;
import dev.sluice.simulation.subscriber.ByteSeries;
import dev.sluice.simulation.subscriber.PictureLog;
import dev.sluice.simulation.subscriber.QualityEvent;
import dev.sluice.simulation.subscriber.SimulatedSubscriber;
import dev.sluice.simulation.subscriber.SoundLog;
import dev.sluice.testkit.network.PathTrace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Turns what a run has left behind into its metrics. */
public final class Judgement {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long WORST_NANOS = 5_000_000_000L;
  // A standstill of a second at a fall is as bad whether video was on for long before or not
  private static final double LEAST_ON_NANOS = 60_000_000_000.0;
  // What is recorded in the last second may still be on its way at the end.
  private static final long LANDING_NANOS = 1_000_000_000L;
  private static final double DELAY_QUANTILE = 0.95;

  private final Study study;
  private final List<SimulatedSubscriber> judged;
  private final long endNanos;
  private final long goodBps;
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  private Judgement(Study study, long endNanos, long goodBps) {
    this.study = study;
    this.judged = Stream.concat(Stream.of(study.subject()), study.equals().stream()).toList();
    this.endNanos = endNanos;
    this.goodBps = goodBps;
  }

  /**
   * Judges a run that has ended.
   *
   * @param goodBps the capacity from which on video should be there
   */
  public static Map<Metric, Double> of(Study study, long endNanos, long goodBps, long faults) {
    Judgement judgement = new Judgement(study, endNanos, goodBps);
    judgement.times();
    judgement.sound();
    judgement.pictures();
    judgement.rates();
    judgement.others();
    judgement.values.put(Metric.FAULTS, (double) faults);
    return judgement.values;
  }

  private double worst(ToDoubleFunction<SimulatedSubscriber> value) {
    return judged.stream().mapToDouble(value).max().orElseThrow();
  }

  private void times() {
    study
        .dropNanos()
        .ifPresent(
            drop -> {
              values.put(Metric.WARN, secondsTo(VideoQuality.WARNING, drop));
              values.put(Metric.OFF, secondsTo(VideoQuality.OFF, drop));
            });
    study.restoreNanos().ifPresent(restore -> values.put(Metric.BACK, secondsToReturn(restore)));
    values.put(Metric.FALLBACKS, worst(Judgement::fallbacks));
    values.put(Metric.STUCK, worst(this::stuckSeconds));
  }

  private double secondsTo(VideoQuality quality, long fromNanos) {
    return study.subject().qualities().stream()
        .filter(event -> event.nanos() >= fromNanos && event.quality() == quality)
        .mapToDouble(event -> (event.nanos() - fromNanos) / NANOS_PER_SECOND)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Until all videos that were off when the capacity rose are back; none was off: no number. */
  private double secondsToReturn(long restoreNanos) {
    List<QualityEvent> events = study.subject().qualities();
    return events.stream()
        .map(QualityEvent::streamId)
        .distinct()
        .flatMapToDouble(stream -> secondsToReturn(events, stream, restoreNanos))
        .max()
        .orElse(Double.NaN);
  }

  private static DoubleStream secondsToReturn(
      List<QualityEvent> events, String stream, long restoreNanos) {
    Predicate<QualityEvent> its = event -> event.streamId().equals(stream);
    boolean off =
        events.stream()
            .filter(its)
            .filter(event -> event.nanos() < restoreNanos)
            .reduce((_, last) -> last)
            .filter(last -> last.quality() == VideoQuality.OFF)
            .isPresent();
    if (!off) {
      return DoubleStream.empty();
    }
    return DoubleStream.of(
        events.stream()
            .filter(its)
            .filter(event -> event.nanos() >= restoreNanos)
            .filter(event -> event.quality() == VideoQuality.GOOD)
            .mapToDouble(event -> (event.nanos() - restoreNanos) / NANOS_PER_SECOND)
            .findFirst()
            .orElse(Double.POSITIVE_INFINITY));
  }

  private static long fallbacks(SimulatedSubscriber subscriber) {
    return subscriber.qualities().stream()
        .filter(event -> event.quality() == VideoQuality.OFF)
        .count();
  }

  /** The longest stretch of good capacity, without a break, at whose end a video was still off. */
  private double stuckSeconds(SimulatedSubscriber subscriber) {
    double longest = 0;
    long offSince = Long.MAX_VALUE;
    for (QualityEvent event : subscriber.qualities()) {
      if (event.quality() == VideoQuality.OFF) {
        offSince = event.nanos();
      } else if (event.quality() == VideoQuality.GOOD && offSince != Long.MAX_VALUE) {
        longest = Math.max(longest, longestGood(offSince, event.nanos()));
        offSince = Long.MAX_VALUE;
      }
    }
    return offSince == Long.MAX_VALUE
        ? longest
        : Math.max(longest, longestGood(offSince, endNanos));
  }

  private double longestGood(long fromNanos, long toNanos) {
    long longest = 0;
    long goodSince = Long.MAX_VALUE;
    List<PathTrace.Phase> phases = study.subject().downlinkTrace().phases();
    for (int i = 0; i < phases.size(); i++) {
      long start = Math.max(fromNanos, phases.get(i).fromNanos());
      long end = i + 1 < phases.size() ? phases.get(i + 1).fromNanos() : Long.MAX_VALUE;
      if (end <= fromNanos || start >= toNanos) {
        continue;
      }
      if (phases.get(i).conditions().capacityBps() >= goodBps) {
        goodSince = Math.min(goodSince, start);
        longest = Math.max(longest, Math.min(end, toNanos) - goodSince);
      } else {
        goodSince = Long.MAX_VALUE;
      }
    }
    return longest / NANOS_PER_SECOND;
  }

  private void sound() {
    Span all = new Span(0, endNanos - LANDING_NANOS);
    Span asked = study.congestion().orElse(all);
    Span span = new Span(asked.fromNanos(), Math.min(asked.toNanos(), all.toNanos()));
    double loss = 0;
    double worst = 0;
    double delay = 0;
    for (SoundLog log : judged.stream().flatMap(each -> each.sounds().stream()).toList()) {
      loss = Math.max(loss, log.lossIn(span.fromNanos(), span.toNanos()));
      worst = Math.max(worst, log.worstLossIn(span.fromNanos(), span.toNanos(), WORST_NANOS));
      delay = Math.max(delay, log.delayMillisIn(span.fromNanos(), span.toNanos(), DELAY_QUANTILE));
    }
    values.put(Metric.AUDIO_LOSS, 100 * loss);
    values.put(Metric.AUDIO_WORST, 100 * worst);
    values.put(Metric.AUDIO_DELAY, delay);
  }

  private void pictures() {
    values.put(Metric.FROZEN, worst(Judgement::frozenPercent));
    double most = 0;
    for (PictureLog log : judged.stream().flatMap(each -> each.pictures().stream()).toList()) {
      List<PictureLog.Shown> shown = log.shown();
      int switches = 0;
      for (int i = 1; i < shown.size(); i++) {
        switches += shown.get(i).encoding() == shown.get(i - 1).encoding() ? 0 : 1;
      }
      double minutes = log.onNanos() / NANOS_PER_SECOND / 60;
      most = Math.max(most, minutes == 0 ? 0 : switches / minutes);
    }
    values.put(Metric.SWITCHES, most);
  }

  private static double frozenPercent(SimulatedSubscriber subscriber) {
    double worst = 0;
    for (PictureLog log : subscriber.pictures()) {
      double onNanos = Math.max((double) log.onNanos(), LEAST_ON_NANOS);
      worst = Math.max(worst, 100 * log.frozenNanos() / onNanos);
    }
    return worst;
  }

  private void rates() {
    SimulatedSubscriber subject = study.subject();
    study
        .steady()
        .ifPresent(
            span -> {
              long capacityBps = subject.downlinkTrace().at(span.fromNanos()).capacityBps();
              values.put(Metric.USED, 100 * rate(subject.received(), span) / capacityBps);
              if (!study.equals().isEmpty()) {
                double least = rate(subject.received(), span);
                double most = least;
                for (SimulatedSubscriber other : study.equals()) {
                  least = Math.min(least, rate(other.received(), span));
                  most = Math.max(most, rate(other.received(), span));
                }
                values.put(Metric.FAIRNESS, most == 0 ? Double.NaN : 100 * least / most);
              }
            });
    study
        .congestion()
        .ifPresent(span -> values.put(Metric.SENT, rate(subject.sent(), span) / 1000));
  }

  private static double rate(ByteSeries series, Span span) {
    return series.bitrateBps(span.fromNanos(), span.toNanos());
  }

  private void others() {
    if (study.others().isEmpty()) {
      return;
    }
    long fallbacks = 0;
    double frozen = 0;
    for (SimulatedSubscriber other : study.others()) {
      fallbacks += fallbacks(other);
      frozen = Math.max(frozen, frozenPercent(other));
    }
    values.put(Metric.OTHERS_FALLBACKS, (double) fallbacks);
    values.put(Metric.OTHERS_FROZEN, frozen);
  }
}

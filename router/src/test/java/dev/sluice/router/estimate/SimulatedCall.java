package dev.sluice.router.estimate;

import dev.sluice.router.estimate.SimulatedLink.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/**
 * A sender that keeps to the estimate (audio always, video as far as it fits and there is any) over
 * a link to a receiver that sends feedback, in steps of 1 ms.
 */
final class SimulatedCall {
  static final long MILLI = 1_000_000;
  private static final int AUDIO_BYTES = 150;
  private static final int AUDIO_EVERY_MILLIS = 20;
  private static final int VIDEO_BYTES = 1_144;
  private static final int PADDING_BYTES = 294;
  private static final int STORY_STEP = 4;
  private static final long TICK_NANOS = 250_000;

  /** How it stood at a time. */
  record Sample(long millis, Estimate estimate, long sentBps, double queueMillis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%6d ms: %7d %-7s %-9s loss %.2f queue %3d ms (real %3.0f) acked %7d sent %7d%s",
          millis,
          estimate.bitrateBps(),
          estimate.reason(),
          estimate.usage(),
          estimate.loss(),
          estimate.queueDelayNanos() / MILLI,
          queueMillis,
          estimate.acknowledgedBps(),
          sentBps,
          estimate.silent() ? " silent" : "");
    }
  }

  private record Feedback(long dueNanos, int base, TreeMap<Integer, Long> arrivals) {}

  final SimulatedLink link;
  final BandwidthEstimator estimator;
  final List<Sample> samples = new ArrayList<>();
  final List<ProbeOutcome> outcomes = new ArrayList<>();

  long videoBps = Long.MAX_VALUE;
  long foreignBps;
  boolean probes;
  boolean feedbackStopped;
  // Until then the receiver does not run; of what came meanwhile it reports the first at once
  long stalledUntilMillis;
  double feedbackLoss;
  long feedbackEveryMillis = 70;
  long clockOffsetNanos = 123_456_789_000L;

  private final Random random;
  private final Deque<Feedback> feedbacks = new ArrayDeque<>();
  private final TreeMap<Integer, Long> unreported = new TreeMap<>();
  private int nextToReport;
  private int nextNumber;
  private long millis;
  private double videoCreditBytes;
  private double foreignCreditBytes;
  private long sentBytes;
  private long nextProbeMillis = 2_000;
  private long probeWaitMillis = 500;

  SimulatedCall(EstimatorSettings settings, long seed) {
    link = new SimulatedLink(seed);
    random = new Random(seed + 1);
    estimator = new BandwidthEstimator(settings, 0);
  }

  SimulatedCall(long seed) {
    this(EstimatorSettings.DEFAULTS, seed);
  }

  long nowNanos() {
    return millis * MILLI;
  }

  void run(long forMillis) {
    for (long i = 0; i < forMillis; i++) {
      step();
    }
  }

  private void step() {
    long now = nowNanos();
    sendMedia();
    link.step(now);
    if (millis >= stalledUntilMillis) {
      receive(now);
    }
    while (!feedbacks.isEmpty() && feedbacks.peek().dueNanos() <= now) {
      deliver(feedbacks.remove());
    }
    if (millis % 20 == 0) {
      estimator.onTick(now);
      probe(now);
    }
    if (millis % 100 == 0) {
      samples.add(new Sample(millis, estimator.estimate(), sentBytes * 80, link.queueMillis()));
      sentBytes = 0;
    }
    millis++;
  }

  private void receive(long now) {
    long stallEndNanos = stalledUntilMillis * MILLI;
    boolean resumes = millis == stalledUntilMillis;
    for (Packet packet = link.take(now); packet != null; packet = link.take(now)) {
      if (!packet.isForeign()) {
        unreported.put(packet.number(), Math.max(packet.arrivalNanos(), stallEndNanos));
        if (resumes) {
          break;
        }
      }
    }
    if ((resumes || millis % feedbackEveryMillis == 0) && !unreported.isEmpty()) {
      report(now);
    }
  }

  private void sendMedia() {
    if (millis % AUDIO_EVERY_MILLIS == 0) {
      send(AUDIO_BYTES);
    }
    long audioBps = AUDIO_BYTES * 8_000 / AUDIO_EVERY_MILLIS;
    double share = 0.95 * estimator.estimate().bitrateBps() - audioBps;
    double wantedBps = Math.min((double) videoBps, share);
    videoCreditBytes += wantedBps < 40_000 ? 0 : wantedBps / 8_000;
    for (; videoCreditBytes >= VIDEO_BYTES; videoCreditBytes -= VIDEO_BYTES) {
      send(VIDEO_BYTES);
    }
    foreignCreditBytes += foreignBps / 8_000.0;
    for (; foreignCreditBytes >= 1_500; foreignCreditBytes -= 1_500) {
      link.send(0, 1_500, true);
    }
  }

  private void send(int bytes) {
    estimator.onSent(nextNumber & 0xFFFF, bytes, nowNanos());
    link.send(nextNumber, bytes, false);
    nextNumber++;
    sentBytes += bytes;
  }

  private void report(long now) {
    TreeMap<Integer, Long> told = new TreeMap<>(unreported);
    int base = Math.min(nextToReport, told.firstKey());
    unreported.clear();
    nextToReport = told.lastKey() + 1;
    if (!feedbackStopped && random.nextDouble() >= feedbackLoss) {
      feedbacks.add(new Feedback(now + link.propagationNanos, base, told));
    }
  }

  private void deliver(Feedback feedback) {
    for (int number = feedback.base(); number <= feedback.arrivals().lastKey(); number++) {
      Long arrival = feedback.arrivals().get(number);
      long onItsClock = arrival == null ? 0 : arrival + clockOffsetNanos;
      estimator.onPacketFeedback(
          number & 0xFFFF, arrival != null, onItsClock / TICK_NANOS * TICK_NANOS);
    }
    estimator.onFeedbackEnd(nowNanos());
  }

  private void probe(long now) {
    for (int due = estimator.paddingDue(now); due > 0; due -= PADDING_BYTES) {
      send(PADDING_BYTES);
    }
    estimator.takeOutcome().ifPresent(this::onOutcome);
    Estimate estimate = estimator.estimate();
    if (probes
        && !estimator.isProbing()
        && millis >= nextProbeMillis
        && estimate.usage() == Estimate.Usage.CLEAR
        && estimate.queueDelayNanos() < 20 * MILLI
        && videoBps > estimate.bitrateBps()) {
      long target = Math.max(estimate.acknowledgedBps() * 2, estimate.acknowledgedBps() + 100_000);
      estimator.startProbe(new ProbePlan(target, 200 * MILLI, 15), now);
    }
  }

  private void onOutcome(ProbeOutcome outcome) {
    outcomes.add(outcome);
    probeWaitMillis =
        outcome instanceof ProbeOutcome.Passed ? 500 : Math.min(2 * probeWaitMillis, 8_000);
    nextProbeMillis = millis + probeWaitMillis;
  }

  Estimate estimate() {
    return estimator.estimate();
  }

  /** The samples from some time on. */
  List<Sample> since(long fromMillis) {
    return samples.stream().filter(sample -> sample.millis() >= fromMillis).toList();
  }

  long averageBps(long fromMillis) {
    return (long)
        since(fromMillis).stream().mapToLong(s -> s.estimate().bitrateBps()).average().orElse(0);
  }

  /** Of the samples since, the share with a longer queue in the link. */
  double shareWithQueueOver(double queueMillis, long fromMillis) {
    return since(fromMillis).stream()
        .mapToInt(sample -> sample.queueMillis() > queueMillis ? 1 : 0)
        .average()
        .orElse(0);
  }

  String story() {
    StringBuilder story = new StringBuilder();
    for (int i = 0; i < samples.size(); i += STORY_STEP) {
      story.append(samples.get(i)).append('\n');
    }
    return story.append(outcomes).toString();
  }
}

package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fuzz.Choices;

/**
 * Packets are sent, and feedback tells whatever it likes of any of them: the estimate stays in its
 * bounds, does not grow past what was sent, and is usable again after a while of true feedback.
 */
public final class BandwidthEstimatorFuzz {
  private static final long MILLI = 1_000_000;
  private static final int MAX_STEPS = 2_000;
  private static final long HONEST_MILLIS = 12_000;
  private static final int PACKET_BYTES = 500;

  private final EstimatorSettings settings = EstimatorSettings.DEFAULTS;
  private final BandwidthEstimator estimator = new BandwidthEstimator(settings, 0);
  private int sequence = 65_000;
  private long nowMillis;

  private BandwidthEstimatorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    new BandwidthEstimatorFuzz().run(new Choices(input));
  }

  private void run(Choices choices) {
    for (int step = 0; step < MAX_STEPS && choices.hasMore(); step++) {
      step(choices);
      check(estimator.estimate());
    }
    estimator.takeOutcome();
    beHonest();
  }

  private void step(Choices choices) {
    switch (choices.unsignedByte() % 8) {
      case 0, 1 -> send(choices.unsignedByte() * 8);
      case 2 ->
          estimator.onPacketFeedback(
              (sequence - choices.unsignedByte()) & 0xFFFF,
              true,
              (nowMillis + choices.unsignedByte()) * MILLI);
      case 3 ->
          estimator.onPacketFeedback(
              choices.unsignedShort(),
              choices.unsignedByte() % 2 == 0,
              (long) choices.int32() << choices.unsignedByte() % 64);
      case 4 -> estimator.onFeedbackEnd(nowMillis * MILLI);
      case 5 -> {
        nowMillis += choices.unsignedByte();
        estimator.onTick(nowMillis * MILLI);
      }
      case 6 -> estimator.onReceiverEstimate((long) choices.int32() << 16, nowMillis * MILLI);
      default -> {
        estimator.startProbe(
            new ProbePlan(1 + choices.unsignedShort() * 100L, 200 * MILLI, 15), nowMillis * MILLI);
        estimator.paddingDue(nowMillis * MILLI);
      }
    }
  }

  private void send(int wireBytes) {
    estimator.onSent(sequence, wireBytes, nowMillis * MILLI);
    sequence = (sequence + 1) & 0xFFFF;
  }

  private void check(Estimate estimate) {
    assertThat(estimate.bitrateBps()).isBetween(settings.minBps(), settings.maxBps());
    assertThat(estimate.loss()).isBetween(0.0, 1.0);
    assertThat(estimate.queueDelayNanos()).isNotNegative();
    assertThat(estimate.acknowledgedBps()).isNotNegative();
  }

  /** Each packet arrives 30 ms later on a clock of its own, and is told of at once. */
  private void beHonest() {
    long endMillis = nowMillis + HONEST_MILLIS;
    for (; nowMillis < endMillis; nowMillis += 20) {
      int sent = sequence;
      send(PACKET_BYTES);
      estimator.onPacketFeedback(sent, true, (nowMillis + 777_030) * MILLI);
      estimator.onFeedbackEnd(nowMillis * MILLI);
      estimator.onTick(nowMillis * MILLI);
      check(estimator.estimate());
    }
    assertThat(estimator.isProbing()).isFalse();
    Estimate estimate = estimator.estimate();
    assertThat(estimate.silent()).isFalse();
    assertThat(estimate.usage()).isEqualTo(Estimate.Usage.CLEAR);
    assertThat(estimate.queueDelayNanos()).isLessThan(30 * MILLI);
    assertThat(estimate.loss()).isZero();
    assertThat(estimate.acknowledgedBps()).isBetween(190_000L, 210_000L);
  }
}

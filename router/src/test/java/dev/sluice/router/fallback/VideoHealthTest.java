package dev.sluice.router.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbePlan;
import org.junit.jupiter.api.Test;

/** The probes that ask for a video. */
class VideoHealthTest {
  private static final long MILLI = 1_000_000;
  private static final long AUDIO_BPS = 60_000;

  private static VideoHealth health(long needBps, long sendingBps) {
    Estimate estimate =
        new Estimate(
            100_000,
            Estimate.NEVER_FULL,
            Reason.GROWTH,
            Usage.CLEAR,
            Sharing.UNKNOWN,
            0,
            0,
            sendingBps,
            false);
    LinkConditions link = new LinkConditions(estimate, AUDIO_BPS, 40_000, sendingBps, 0, 0);
    VideoConditions conditions = new VideoConditions(1, true, true, needBps, needBps, 1);
    FallbackSettings settings = FallbackSettings.DEFAULTS;
    VideoHealth health = new VideoHealth(settings, new PathHealth(settings, link, 0), conditions);
    health.observe(conditions, 0, 0);
    return health;
  }

  /** What a probe sends more than is sent anyway. */
  private static double extraBytes(ProbePlan plan, long sendingBps) {
    return (plan.targetBps() - sendingBps) / 8.0 * plan.minDurationNanos() / (1_000 * MILLI);
  }

  @Test
  void the_last_probe_sends_twelve_kilobytes_more_than_is_sent_anyway() {
    for (long needBps : new long[] {60_000, 100_000, 150_000}) {
      ProbePlan plan = health(needBps, AUDIO_BPS).lastProbe();
      assertThat(plan.minDurationNanos()).isGreaterThan(250 * MILLI);
      assertThat(extraBytes(plan, AUDIO_BPS)).as("%d bit/s", needBps).isBetween(11_999.0, 12_001.0);
    }
  }

  @Test
  void what_is_sent_anyway_does_not_count_for_it() {
    ProbePlan plan = health(100_000, 500_000).lastProbe();
    assertThat(plan.targetBps()).isEqualTo(620_000);
    assertThat(extraBytes(plan, 500_000)).isBetween(11_999.0, 12_001.0);
  }

  @Test
  void it_is_no_longer_than_six_times_the_least() {
    ProbePlan plan = health(10_000, AUDIO_BPS).lastProbe();
    assertThat(plan.minDurationNanos()).isEqualTo(1_500 * MILLI);
    assertThat(extraBytes(plan, AUDIO_BPS)).isLessThan(12_000);
  }

  @Test
  void it_is_no_shorter_than_the_least() {
    ProbePlan plan = health(2_000_000, AUDIO_BPS).lastProbe();
    assertThat(plan.minDurationNanos()).isEqualTo(250 * MILLI);
    assertThat(extraBytes(plan, AUDIO_BPS)).isGreaterThan(12_000);
  }

  @Test
  void a_probe_before_the_last_is_as_short_as_can_be() {
    VideoHealth health = health(10_000, AUDIO_BPS);
    assertThat(health.firstProbe().minDurationNanos()).isEqualTo(250 * MILLI);
    assertThat(health.doubt().minDurationNanos()).isEqualTo(250 * MILLI);
  }
}

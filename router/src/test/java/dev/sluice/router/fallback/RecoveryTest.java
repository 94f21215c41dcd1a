package dev.sluice.router.fallback;

import static dev.sluice.router.fallback.VideoQuality.GOOD;
import static dev.sluice.router.fallback.VideoQuality.OFF;
import static dev.sluice.router.fallback.VideoQuality.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a video that was switched off comes back. */
class RecoveryTest {
  private static final ProbeOutcome PASSED = new ProbeOutcome.Passed(300_000);

  private final Scene scene = new Scene(1);
  private Duration off = Duration.ZERO;

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @BeforeEach
  void falls_back() {
    scene.run(seconds(1));
    fall(scene);
    off = scene.now();
  }

  private static void fall(Scene scene) {
    scene.share(0.5);
    scene.sendingBps = 200_000;
    scene.runUntil(OFF);
    scene.probes.clear();
    scene.sendingBps = Scene.AUDIO_BPS;
  }

  private Duration back() {
    scene.run(seconds(100));
    assertThat(scene.events.getLast().quality()).isEqualTo(GOOD);
    return scene.events.getLast().at();
  }

  @Test
  void two_probes_a_second_apart_and_a_key_frame_bring_it_back() {
    scene.outcome = PASSED;
    scene.run(millis(4300));
    assertThat(scene.probes).hasSize(2);
    assertThat(scene.permission(1)).isEqualTo(Permission.BASE);
    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    scene.share(1.4);
    scene.run(millis(500));
    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
    assertThat(scene.permission(1)).isEqualTo(Permission.BASE);

    scene.run(seconds(3));
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
    scene.run(seconds(100));
    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
    assertThat(scene.probes).hasSize(2);
  }

  @Test
  void the_first_probe_asks_for_what_audio_and_video_need_and_the_last_for_more() {
    scene.outcome = PASSED;
    scene.run(seconds(4));

    assertThat(scene.probes).hasSize(2);
    long needBps = Scene.AUDIO_BPS + Scene.NEED_BPS;
    assertThat(scene.probes.getFirst().targetBps()).isBetween(needBps, needBps * 11 / 10);
    assertThat(scene.probes.getLast().targetBps()).isBetween(needBps * 12 / 10, needBps * 14 / 10);
    assertThat(scene.probes.getFirst().minDurationNanos()).isEqualTo(250_000_000);
    assertThat(scene.probes.getFirst().minPackets()).isEqualTo(15);
  }

  @Test
  void probes_that_fail_become_rarer_but_never_rarer_than_every_four_seconds() {
    scene.run(seconds(120));

    assertThat(scene.probes.size()).isBetween(120 / 5, 120 / 4);
    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
  }

  @Test
  void a_failed_probe_voids_the_one_before_that_passed() {
    scene.share(1.4);
    scene.outcome = PASSED;
    scene.run(seconds(3));
    scene.outcome = new ProbeOutcome.Failed("lost");
    scene.run(seconds(2));
    scene.outcome = PASSED;
    scene.run(seconds(4));
    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);
    scene.run(seconds(2));
    assertThat(scene.permission(1)).isEqualTo(Permission.BASE);
  }

  @Test
  void an_estimate_that_is_high_enough_needs_neither_probe_nor_wait() {
    scene.share(2.5);
    scene.reason = Reason.REMB;
    assertThat(back().minus(off)).isLessThan(seconds(2));
    assertThat(scene.probes).isEmpty();
  }

  @Test
  void an_estimate_that_is_only_the_assumption_of_the_start_proves_nothing() {
    scene.share(2.5);
    scene.reason = Reason.START;
    scene.run(seconds(100));

    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);
  }

  @Test
  void no_probe_begins_while_the_path_is_busy() {
    scene.usage = Usage.FILLING;
    scene.run(seconds(60));
    assertThat(scene.probes).isEmpty();

    scene.usage = Usage.CLEAR;
    scene.step();
    assertThat(scene.probes).hasSize(1);
  }

  @Test
  void what_was_last_known_of_a_path_that_nothing_is_sent_on_delays_no_probe() {
    scene.sendingBps = 0;
    scene.usage = Usage.CONGESTED;
    scene.queue = seconds(3);
    scene.loss = 1;
    scene.share(1.4);
    scene.outcome = PASSED;
    scene.run(seconds(6));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
  }

  @Test
  void when_nobody_answers_probes_the_video_is_tried() {
    scene.outcome = new ProbeOutcome.Unanswered();
    scene.share(1.4);
    scene.run(seconds(9));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
  }

  @Test
  void a_probe_whose_outcome_never_comes_is_made_again() {
    scene.answersProbes = false;
    scene.run(seconds(10));

    assertThat(scene.probes).hasSize(2);
  }

  @Test
  void an_outcome_that_nobody_waits_for_means_nothing() {
    for (int i = 0; i < 10; i++) {
      scene.fallback.onProbe(PASSED, scene.nowNanos);
      scene.step();
    }
    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);

    scene.run(seconds(3));
    assertThat(scene.probes).hasSize(1);
  }

  @Test
  void a_network_that_fails_before_the_first_key_frame_is_told_to_nobody() {
    scene.video(1).sendsKeyFrames = false;
    scene.outcome = PASSED;
    scene.run(seconds(5));
    assertThat(scene.permission(1)).isEqualTo(Permission.BASE);
    scene.share(0.5);
    scene.run(seconds(2));

    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);
    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
  }

  @Test
  void congestion_after_the_first_key_frame_switches_it_off_again_with_a_warning() {
    scene.outcome = PASSED;
    scene.run(millis(4300));
    scene.share(1.4);
    scene.run(seconds(1));
    scene.usage = Usage.CONGESTED;
    scene.run(millis(1200));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD, WARNING, OFF);
  }

  @Test
  void after_a_recovery_that_failed_it_waits_longer_but_is_back_within_45_seconds() {
    scene.share(2.5);
    back();
    fall(scene);
    Duration offAgain = scene.now();
    scene.share(2.5);
    scene.outcome = PASSED;

    assertThat(back().minus(offAgain)).isBetween(seconds(20), seconds(45));
  }

  @Test
  void the_fuse_keeps_a_video_off_that_comes_and_goes_but_not_for_longer_than_45_seconds() {
    Scene flapping = new Scene(1);
    Duration offAgain = Duration.ZERO;
    for (int i = 0; i < 3; i++) {
      fall(flapping);
      offAgain = flapping.now();
      flapping.share(2.5);
      if (i < 2) {
        flapping.runUntil(GOOD);
      }
    }
    flapping.run(seconds(34));
    assertThat(flapping.events.getLast().quality()).isEqualTo(OFF);
    flapping.run(seconds(10));

    assertThat(flapping.events.getLast().quality()).isEqualTo(GOOD);
    assertThat(flapping.events.getLast().at().minus(offAgain)).isLessThan(seconds(45));
  }

  @Test
  void the_most_important_one_comes_back_first_and_one_at_a_time_is_probed_for() {
    Scene three = new Scene(1, 2, 3);
    three.run(seconds(1));
    three.silent = true;
    three.run(seconds(1));
    three.silent = false;
    three.sendingBps = Scene.AUDIO_BPS;
    three.share(0.5);
    three.outcome = PASSED;
    three.run(seconds(2));
    assertThat(three.probes).hasSize(1);
    three.share(10);
    three.run(seconds(10));

    assertThat(three.events)
        .filteredOn(event -> event.quality() == GOOD)
        .extracting(Scene.Event::id)
        .containsExactly(1, 2, 3);
  }

  @Test
  void on_a_hopeless_path_many_videos_are_probed_for_no_more_often_than_one() {
    Scene ten = new Scene(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    ten.run(seconds(1));
    ten.estimateBps = Scene.AUDIO_BPS;
    ten.usage = Usage.CONGESTED;
    ten.run(seconds(1));
    ten.usage = Usage.CLEAR;
    ten.run(seconds(60));

    assertThat(ten.probes.size()).isBetween(12, 16);
  }

  @Test
  void a_video_that_is_too_large_for_the_path_holds_back_no_smaller_one() {
    Scene two = new Scene(1, 2);
    two.video(1).needBps = 1_000_000;
    two.share(2);
    two.run(seconds(60));

    assertThat(two.told(1)).containsExactly(WARNING, OFF);
    assertThat(two.told(2)).isEmpty();
  }

  @Test
  void a_video_that_may_no_longer_fall_back_comes_back_at_once() {
    scene.video(1).mayFallBack = false;
    scene.step();
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
    scene.run(seconds(1));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
  }

  @Test
  void a_video_that_is_off_and_not_wanted_is_not_probed_for() {
    scene.video(1).wanted = false;
    scene.run(seconds(60));

    assertThat(scene.probes).isEmpty();
    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);
  }
}

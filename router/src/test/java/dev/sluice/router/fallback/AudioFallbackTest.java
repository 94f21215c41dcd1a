package dev.sluice.router.fallback;

import static dev.sluice.router.fallback.VideoQuality.GOOD;
import static dev.sluice.router.fallback.VideoQuality.OFF;
import static dev.sluice.router.fallback.VideoQuality.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AudioFallbackTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private Scene scene = new Scene(1);

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** Lets it run on a good network, then changes that. */
  private Duration after(Scene run, Runnable change) {
    run.run(seconds(10));
    assertThat(run.events).isEmpty();
    change.run();
    return run.now();
  }

  @Test
  void on_a_good_network_a_video_flows_and_nobody_is_told_anything() {
    scene.run(LONG);

    assertThat(scene.events).isEmpty();
    assertThat(scene.probes).isEmpty();
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
  }

  @Test
  void a_video_nobody_has_told_of_may_flow() {
    assertThat(scene.permission(99)).isEqualTo(Permission.ALL);
  }

  @Test
  void too_small_a_share_warns_and_then_switches_the_video_off() {
    Duration bad = after(scene, () -> scene.share(0.8));
    scene.run(seconds(5));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.toldAt(WARNING).minus(bad)).isBetween(millis(300), millis(500));
    assertThat(scene.toldAt(OFF).minus(bad)).isBetween(millis(1400), millis(2000));
    assertThat(scene.permission(1)).isEqualTo(Permission.NONE);
  }

  @Test
  void a_scarce_share_only_warns() {
    Duration bad = after(scene, () -> scene.share(1.1));
    scene.run(LONG);

    assertThat(scene.told(1)).containsExactly(WARNING);
    assertThat(scene.toldAt(WARNING).minus(bad)).isBetween(millis(1000), millis(1150));
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
  }

  @Test
  void a_warning_is_lifted_when_the_share_has_been_ample_for_a_while() {
    after(scene, () -> scene.share(1.1));
    scene.run(seconds(2));
    scene.share(1.6);
    Duration better = scene.now();
    scene.run(seconds(10));

    assertThat(scene.told(1)).containsExactly(WARNING, GOOD);
    assertThat(scene.toldAt(GOOD).minus(better)).isBetween(seconds(3), millis(3150));
  }

  @Test
  void an_estimate_that_was_too_low_is_found_out_by_a_probe_before_the_video_is_switched_off() {
    scene.outcome = new ProbeOutcome.Passed(300_000);
    after(scene, () -> scene.share(0.8));
    scene.run(LONG);

    assertThat(scene.told(1)).containsExactly(WARNING, GOOD);
    assertThat(scene.probes).hasSize(1);
  }

  @Test
  void a_warned_video_is_probed_for_ever_more_rarely() {
    after(scene, () -> scene.share(1.1));
    scene.run(seconds(60));

    assertThat(scene.probes.size()).isBetween(12, 15);
    scene.video(1).wanted = false;
    scene.run(seconds(60));
    assertThat(scene.probes.size()).isLessThanOrEqualTo(15);
  }

  @Test
  void where_as_much_arrives_as_the_path_carries_no_probe_asks_for_more() {
    scene.fullBps = 160_000;
    scene.acknowledgedBps = 150_000;
    after(scene, () -> scene.share(1.1));
    scene.run(seconds(60));
    assertThat(scene.told(1)).containsExactly(WARNING);
    assertThat(scene.probes).isEmpty();

    scene.acknowledgedBps = 140_000;
    scene.run(seconds(1));
    assertThat(scene.probes).hasSize(1);
  }

  @Test
  void what_is_about_to_be_switched_off_is_probed_for_in_any_case() {
    scene.fullBps = 150_000;
    scene.acknowledgedBps = 150_000;
    after(scene, () -> scene.share(0.8));
    scene.runUntil(OFF);

    assertThat(scene.probes).hasSize(2);
  }

  @Test
  void a_short_dip_of_the_share_is_nothing() {
    after(scene, () -> scene.share(0.5));
    scene.run(millis(250));
    scene.share(3);
    scene.run(seconds(10));

    assertThat(scene.events).isEmpty();
  }

  @Test
  void where_nothing_is_left_beside_audio_loss_or_a_long_queue_switches_off_at_once() {
    for (boolean losing : new boolean[] {true, false}) {
      scene = new Scene(1);
      Duration bad =
          after(
              scene,
              () -> {
                leaveNothingBesideAudio();
                scene.loss = losing ? 0.1 : 0;
                scene.queue = millis(losing ? 150 : 450);
              });
      scene.run(seconds(1));

      assertThat(scene.told(1)).containsExactly(WARNING, OFF);
      assertThat(scene.toldAt(OFF).minus(bad)).isLessThanOrEqualTo(millis(250));
    }
  }

  @Test
  void where_nothing_is_left_for_a_moment_behind_a_download_the_video_stays() {
    after(
        scene,
        () -> {
          leaveNothingBesideAudio();
          scene.queue = millis(300);
        });
    scene.run(millis(550));
    scene.share(3);
    scene.usage = Usage.CLEAR;
    scene.queue = Duration.ZERO;
    scene.run(seconds(5));

    assertThat(scene.told(1)).doesNotContain(OFF);
  }

  @Test
  void where_nothing_is_left_for_longer_the_video_goes_whatever_is_lost() {
    leaveNothingBesideAudioAndExpectOff(millis(700), millis(800));
  }

  @Test
  void where_nobody_elses_packets_leave_nothing_the_video_goes_soon() {
    scene.sharing = Sharing.ALONE;
    leaveNothingBesideAudioAndExpectOff(millis(200), millis(300));
  }

  @Test
  void where_somebody_elses_packets_leave_nothing_the_video_stays_for_longer_whatever_is_lost() {
    scene.sharing = Sharing.SHARED;
    scene.loss = 0.1;
    leaveNothingBesideAudioAndExpectOff(millis(1_500), millis(1_600));
  }

  @Test
  void a_download_of_a_second_takes_no_video() {
    scene.sharing = Sharing.SHARED;
    after(scene, this::leaveNothingBesideAudio);
    scene.run(seconds(1));
    scene.estimateBps = 2_000_000;
    scene.usage = Usage.CLEAR;
    scene.run(LONG);

    assertThat(scene.told(1)).doesNotContain(OFF);
  }

  @Test
  void where_as_little_is_left_as_a_video_needs_it_stays() {
    scene.video(1).needBps = 20_000;
    after(
        scene,
        () -> {
          scene.usage = Usage.CONGESTED;
          scene.loss = 0.1;
          scene.estimateBps = (long) ((Scene.AUDIO_BPS + 25_000) / 0.95);
        });
    scene.run(seconds(1));
    assertThat(scene.told(1)).doesNotContain(OFF);
  }

  private void leaveNothingBesideAudioAndExpectOff(Duration from, Duration to) {
    Duration bad = after(scene, this::leaveNothingBesideAudio);
    scene.run(seconds(2));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.toldAt(OFF).minus(bad)).isBetween(from, to);
  }

  private void leaveNothingBesideAudio() {
    scene.estimateBps = Scene.AUDIO_BPS + 20_000;
    scene.usage = Usage.CONGESTED;
  }

  @Test
  void an_endless_queue_and_silence_switch_all_off_at_once() {
    for (boolean silent : new boolean[] {true, false}) {
      Scene three = new Scene(1, 2, 3);
      after(
          three,
          () -> {
            three.silent = silent;
            three.queue = silent ? Duration.ZERO : millis(1100);
          });
      three.run(millis(500));

      for (int id = 1; id <= 3; id++) {
        assertThat(three.told(id)).containsExactly(WARNING, OFF);
        assertThat(three.permission(id)).isEqualTo(Permission.NONE);
      }
    }
  }

  @Test
  void videos_go_one_after_the_other_the_least_important_first() {
    Scene three = new Scene(7, 8, 9);
    // Enough for the first of the three.
    after(three, () -> three.share(1.5));
    three.run(seconds(30));

    assertThat(three.events)
        .filteredOn(event -> event.quality() == OFF)
        .extracting(Scene.Event::id)
        .containsExactly(9, 8);
    Duration between = three.events.getLast().at().minus(three.toldAt(OFF));
    assertThat(between).isBetween(millis(500), millis(600));
    assertThat(three.permission(7)).isEqualTo(Permission.ALL);
    assertThat(three.told(7)).isEmpty();
  }

  @Test
  void a_path_that_carries_the_video_without_a_queue_is_believed_more_than_the_estimate() {
    after(
        scene,
        () -> {
          scene.share(0.2);
          scene.acknowledgedBps = Scene.AUDIO_BPS + Scene.NEED_BPS;
        });
    scene.run(LONG);

    assertThat(scene.events).isEmpty();
  }

  @Test
  void a_path_that_seems_clear_because_packets_wait_for_it_here_is_not_believed() {
    after(
        scene,
        () -> {
          scene.share(0.2);
          scene.acknowledgedBps = Scene.AUDIO_BPS + Scene.NEED_BPS;
          scene.waiting = millis(500);
        });
    scene.run(seconds(5));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
  }

  @Test
  void a_video_that_waits_for_bitrate_is_switched_off_although_its_share_should_do() {
    after(
        scene,
        () -> {
          scene.share(1.1);
          scene.waiting = millis(500);
        });
    scene.run(seconds(6));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
  }

  @Test
  void a_video_that_waits_because_of_a_burst_is_not_switched_off() {
    after(
        scene,
        () -> {
          scene.share(1.1);
          scene.waiting = millis(500);
        });
    scene.run(millis(2_500));
    scene.waiting = Duration.ZERO;
    scene.run(seconds(5));

    assertThat(scene.told(1)).containsExactly(WARNING);
  }

  @Test
  void random_loss_without_congestion_is_no_reason() {
    for (double loss : new double[] {0.05, 0.1}) {
      Scene lossy = new Scene(1);
      after(
          lossy,
          () -> {
            lossy.loss = loss;
            lossy.audioLoss = loss;
          });
      lossy.run(Duration.ofMinutes(10));

      assertThat(lossy.events).as("loss %s", loss).isEmpty();
    }
  }

  private Duration offAfter(double loss, Duration queue) {
    Scene lossy = new Scene(1, 2);
    Duration bad =
        after(
            lossy,
            () -> {
              lossy.loss = loss;
              lossy.queue = queue;
            });
    lossy.runUntil(OFF);
    assertThat(lossy.told(1)).as("both at once").containsExactly(WARNING, OFF);
    assertThat(lossy.told(2)).containsExactly(WARNING, OFF);
    return lossy.toldAt(OFF).minus(bad);
  }

  @Test
  void where_heavy_loss_comes_without_a_queue_all_go_at_once_the_sooner_the_more_is_lost() {
    assertThat(offAfter(0.26, Duration.ZERO)).isBetween(millis(800), millis(900));
    assertThat(offAfter(0.5, Duration.ZERO)).isBetween(millis(400), millis(500));
    assertThat(offAfter(1, Duration.ZERO)).isBetween(millis(200), millis(300));
  }

  @Test
  void where_packets_queue_up_heavy_loss_is_what_is_too_much_and_nobody_goes_at_once() {
    after(
        scene,
        () -> {
          scene.loss = 0.5;
          scene.queue = millis(150);
        });
    scene.run(seconds(1));
    assertThat(scene.told(1)).isEmpty();
  }

  @Test
  void who_went_because_of_heavy_loss_does_not_come_back_before_its_end() {
    after(scene, () -> scene.loss = 0.5);
    scene.run(seconds(20));
    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.probes).isEmpty();
  }

  @Test
  void very_bad_loss_is_a_reason_even_without_congestion_and_recovery_awaits_its_end() {
    Duration bad = after(scene, () -> scene.loss = 0.2);
    scene.run(LONG);

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.toldAt(OFF).minus(bad)).isLessThan(seconds(6));

    scene.loss = 0;
    Duration better = scene.now();
    scene.run(seconds(10));
    assertThat(scene.told(1)).containsExactly(WARNING, OFF, GOOD);
    assertThat(scene.toldAt(GOOD).minus(better)).isLessThan(seconds(6));
  }

  @Test
  void loss_of_audio_on_a_congested_path_switches_off_soon() {
    Duration bad =
        after(
            scene,
            () -> {
              scene.usage = Usage.CONGESTED;
              scene.audioLoss = 0.05;
              scene.share(1.4);
            });
    scene.run(seconds(2));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.toldAt(WARNING).minus(bad)).isBetween(millis(500), millis(650));
    assertThat(scene.toldAt(OFF).minus(bad)).isBetween(millis(1000), millis(1150));
  }

  @Test
  void loss_of_audio_is_no_reason_while_there_is_room_for_the_video_once_its_layers_are_lower() {
    after(
        scene,
        () -> {
          scene.usage = Usage.CONGESTED;
          scene.audioLoss = 0.05;
        });
    scene.run(seconds(10));

    assertThat(scene.events).isEmpty();
  }

  @Test
  void loss_with_congestion_and_a_long_queue_warn() {
    Scene queued = new Scene(1);
    after(queued, () -> queued.queue = millis(450));
    queued.run(seconds(1));
    after(
        scene,
        () -> {
          scene.loss = 0.08;
          scene.usage = Usage.CONGESTED;
        });
    scene.run(seconds(6));

    assertThat(queued.told(1)).containsExactly(WARNING);
    assertThat(scene.told(1)).containsExactly(WARNING);
  }

  @Test
  void a_video_that_may_not_fall_back_always_flows() {
    scene.video(1).mayFallBack = false;
    after(
        scene,
        () -> {
          scene.estimateBps = 30_000;
          scene.silent = true;
          scene.loss = 1;
        });
    scene.run(LONG);

    assertThat(scene.events).isEmpty();
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
  }

  @Test
  void nothing_is_told_of_a_video_that_is_not_wanted_and_no_time_passes_for_it() {
    after(scene, () -> scene.share(1.1));
    scene.run(seconds(2));
    scene.video(1).wanted = false;
    scene.share(0.1);
    scene.run(LONG);
    assertThat(scene.told(1)).containsExactly(WARNING);

    scene.share(1.6);
    scene.video(1).wanted = true;
    scene.run(seconds(2));
    assertThat(scene.told(1)).containsExactly(WARNING);
    scene.run(seconds(2));
    assertThat(scene.told(1)).containsExactly(WARNING, GOOD);
  }

  @Test
  void a_video_of_unknown_need_is_taken_for_an_ordinary_one() {
    scene.video(1).needBps = 0;
    after(scene, () -> scene.share(0.8));
    scene.run(seconds(5));

    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
  }

  @Test
  void a_video_that_is_gone_is_forgotten() {
    after(scene, () -> scene.share(0.8));
    scene.run(seconds(5));
    Scene.Video gone = scene.video(1);
    scene.videos.clear();
    scene.step();
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);

    scene.share(3);
    scene.videos.put(1, gone);
    scene.run(seconds(10));
    assertThat(scene.told(1)).containsExactly(WARNING, OFF);
    assertThat(scene.permission(1)).isEqualTo(Permission.ALL);
  }
}

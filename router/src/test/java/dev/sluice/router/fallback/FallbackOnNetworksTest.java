package dev.sluice.router.fallback;

import static dev.sluice.router.fallback.VideoQuality.GOOD;
import static dev.sluice.router.fallback.VideoQuality.OFF;
import static dev.sluice.router.fallback.VideoQuality.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.allocation.Permission;
import dev.sluice.router.estimate.ProbeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Audio fallback in a closed loop, on seeded networks in virtual time. */
class FallbackOnNetworksTest {
  private static final long NEED_BPS = Scene.AUDIO_BPS + Scene.NEED_BPS;
  private static final int STEPS_PER_SECOND = 20;
  private static final int SEEDS = 20;

  static IntStream seeds() {
    return IntStream.rangeClosed(1, SEEDS);
  }

  private static void run(RoughNetwork network, long capacityBps, int seconds) {
    for (int i = 0; i < seconds * STEPS_PER_SECOND; i++) {
      network.step(capacityBps);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void at_just_what_is_needed_a_video_goes_off_once_in_two_minutes_at_most(int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(1);
    RoughNetwork network = new RoughNetwork(scene);
    for (int second = 0; second < 600; second++) {
      run(network, (long) (NEED_BPS * random.nextDouble(0.9, 1.1)), 1);
    }

    List<Duration> off =
        scene.events.stream().filter(event -> event.quality() == OFF).map(Scene.Event::at).toList();
    for (int i = 1; i < off.size(); i++) {
      assertThat(off.get(i).minus(off.get(i - 1)))
          .as("seed %d, %s", seed, scene.events)
          .isGreaterThan(Duration.ofMinutes(2));
    }
  }

  @Test
  void after_a_first_fallback_the_video_is_back_soon_when_the_network_is() {
    List<Long> millisToBack =
        IntStream.rangeClosed(1, 200)
            .mapToObj(FallbackOnNetworksTest::millisToBack)
            .sorted()
            .toList();

    assertThat(millisToBack.get(100)).as("median of %s", millisToBack).isLessThanOrEqualTo(6000);
    assertThat(millisToBack.get(190)).as("p95 of %s", millisToBack).isLessThanOrEqualTo(12_000);
  }

  private static long millisToBack(int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(1);
    RoughNetwork network = new RoughNetwork(scene);
    run(network, 2_000_000, 5);
    run(network, random.nextLong(50_000, NEED_BPS * 9 / 10), 5);
    assertThat(scene.told(1)).as("seed %d", seed).containsExactly(WARNING, OFF);
    for (int i = random.nextInt(60 * STEPS_PER_SECOND); i > 0; i--) {
      network.step(Scene.AUDIO_BPS * 3 / 2);
    }
    Duration better = scene.now();
    run(network, NEED_BPS * 3 / 2, 60);
    assertThat(scene.told(1)).as("seed %d", seed).containsExactly(WARNING, OFF, GOOD);
    return scene.toldAt(GOOD).minus(better).toMillis();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hours_of_anything_leave_no_state_that_a_good_network_does_not_end(int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(1, 2, 3);
    RoughNetwork network = new RoughNetwork(scene);
    for (int change = 0; change < 120; change++) {
      scene.silent = random.nextInt(20) == 0;
      scene.loss = random.nextInt(5) == 0 ? random.nextDouble() : 0;
      scene.answersProbes = random.nextInt(5) != 0;
      for (Scene.Video video : scene.videos.values()) {
        video.wanted = random.nextInt(4) != 0;
        video.sendsKeyFrames = random.nextInt(5) != 0;
        video.needBps = random.nextInt(10) == 0 ? 0 : random.nextLong(30_000, 400_000);
      }
      run(network, random.nextLong(20_000, 1_500_000), random.nextInt(1, 30));
    }
    assertThat(scene.events).as("seed %d", seed).hasSizeGreaterThan(20);

    makeGood(scene);
    run(network, 20_000_000, 105);

    for (int id : scene.videos.keySet()) {
      List<VideoQuality> told = scene.told(id);
      assertThat(scene.permission(id)).as("seed %d, %s", seed, told).isEqualTo(Permission.ALL);
      assertThat(told.isEmpty() || told.getLast() == GOOD).as("seed %d, %s", seed, told).isTrue();
      assertOrdered(seed, told);
    }
  }

  private static void makeGood(Scene scene) {
    scene.silent = false;
    scene.loss = 0;
    scene.answersProbes = true;
    for (Scene.Video video : scene.videos.values()) {
      video.wanted = true;
      video.sendsKeyFrames = true;
      video.stepsPermitted = 0;
      video.needBps = Scene.NEED_BPS;
    }
  }

  /** A warning first; one of the two others after it; and good again after off. */
  private static void assertOrdered(int seed, List<VideoQuality> told) {
    VideoQuality before = GOOD;
    for (VideoQuality quality : told) {
      List<VideoQuality> allowed =
          switch (before) {
            case GOOD -> List.of(WARNING);
            case WARNING -> List.of(GOOD, OFF);
            case OFF -> List.of(GOOD);
          };
      assertThat(allowed).as("seed %d, %s", seed, told).contains(quality);
      before = quality;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void random_numbers_break_nothing(int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(1, 2, 3);
    for (int i = 0; i < 20_000; i++) {
      scene.nowNanos += random.nextInt(10) == 0 ? random.nextLong(10_000_000_000L) : 0;
      scene.estimateBps = random.nextLong(0, 100_000_000);
      scene.loss = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble(-1, 2);
      scene.audioLoss = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble(-1, 2);
      scene.queue = Duration.ofMillis(random.nextLong(-1000, 10_000));
      scene.silent = random.nextBoolean();
      scene.sendingBps = random.nextLong(0, 10_000_000);
      scene.video(2).needBps = random.nextLong(0, 10_000_000);
      scene.video(2).keyFramesSent = random.nextLong(0, 10);
      scene.outcome =
          random.nextBoolean()
              ? new ProbeOutcome.Unanswered()
              : new ProbeOutcome.Passed(random.nextLong());
      scene.step();
    }

    scene.videos.keySet().forEach(id -> assertOrdered(seed, scene.told(id)));
  }
}

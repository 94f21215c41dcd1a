package dev.sluice.router.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of the estimate on links of many kinds, each with several seeds. */
class EstimateOnLinksTest {
  private static final int SEEDS = 20;
  private static final long MILLI = 1_000_000;

  private static void onEachSeed(Consumer<SimulatedCall> scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulatedCall call = new SimulatedCall(seed);
      try {
        scenario.accept(call);
      } catch (AssertionError e) {
        throw new AssertionError("seed %d%n%s".formatted(seed, call.story()), e);
      }
    }
  }

  @Test
  void a_steady_link_is_used_and_has_hardly_a_queue() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 1_000_000;
          call.run(30_000);
          assertThat(call.averageBps(5_000)).isBetween(800_000L, 1_050_000L);
          assertThat(call.since(5_000)).allMatch(s -> s.estimate().bitrateBps() > 700_000);
          assertThat(call.shareWithQueueOver(100, 5_000)).isLessThan(0.03);
        });
  }

  @Test
  void a_link_that_collapses_is_believed_within_a_second_and_not_underrated_for_long() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.probes = true;
          call.run(10_000);
          call.link.capacityBps = 100_000;
          call.run(1_000);
          assertThat(call.estimate().bitrateBps()).isBetween(60_000L, 100_000L);
          assertThat(call.since(10_000)).anyMatch(s -> s.estimate().usage() == Usage.CONGESTED);
          call.probes = false;
          call.run(9_000);
          assertThat(call.averageBps(13_000)).isBetween(80_000L, 110_000L);
          assertThat(call.estimate().usage()).isEqualTo(Usage.CLEAR);
        });
  }

  @Test
  void whether_the_queue_is_ours_is_found_out_within_a_second() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.run(10_000);
          call.link.capacityBps = 100_000;
          call.run(1_000);
          assertThat(call.since(10_000)).anyMatch(s -> s.estimate().sharing() == Sharing.ALONE);
          assertThat(call.since(10_000)).noneMatch(s -> s.estimate().sharing() == Sharing.SHARED);
        });
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.run(10_000);
          call.foreignBps = 4_000_000;
          call.run(3_000);
          assertThat(call.since(11_000)).anyMatch(s -> s.estimate().sharing() == Sharing.SHARED);
          assertThat(call.since(11_000)).noneMatch(s -> s.estimate().sharing() == Sharing.ALONE);
        });
  }

  @Test
  void with_probes_a_link_that_widens_is_found_out_within_ten_seconds() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 100_000;
          call.run(10_000);
          call.link.capacityBps = 2_000_000;
          call.probes = true;
          call.run(10_000);
          assertThat(call.estimate().bitrateBps()).isBetween(1_500_000L, 2_200_000L);
        });
  }

  @Test
  void a_path_that_becomes_longer_is_no_queue_for_long() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 5_000_000;
          call.videoBps = 800_000;
          call.run(10_000);
          long before = call.estimate().bitrateBps();
          call.link.propagationNanos = 200 * MILLI;
          call.run(5_000);
          assertThat(call.estimate().usage()).isEqualTo(Usage.CLEAR);
          assertThat(call.estimate().queueDelayNanos()).isLessThan(20 * MILLI);
          assertThat(call.estimate().bitrateBps()).isGreaterThan(before * 8 / 10);
        });
  }

  @Test
  void five_percent_of_random_loss_take_nothing() {
    onEachSeed(
        call -> {
          call.link.loss = 0.05;
          call.link.propagationNanos = 50 * MILLI;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 920_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().usage() == Usage.CLEAR);
        });
  }

  @Test
  void ten_percent_of_random_loss_take_no_more_than_what_is_lost() {
    onEachSeed(
        call -> {
          call.link.loss = 0.1;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 230_000);
          assertThat(call.averageBps(10_000)).isGreaterThan(400_000);
        });
  }

  @Test
  void twenty_percent_of_random_loss_are_found_to_be_independent_of_the_rate() {
    onEachSeed(
        call -> {
          call.link.loss = 0.2;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 200_000);
          assertThat(call.averageBps(20_000)).isGreaterThan(400_000);
        });
  }

  @Test
  void a_link_that_drops_without_a_queue_is_respected() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 300_000;
          call.link.bufferMillis = 60;
          call.run(30_000);
          assertThat(call.averageBps(10_000)).isBetween(200_000L, 400_000L);
        });
  }

  @Test
  void bursts_of_loss_take_little() {
    onEachSeed(
        call -> {
          call.link.burstBegins = 0.005;
          call.link.burstEnds = 0.25;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 250_000);
          assertThat(call.averageBps(0)).isGreaterThan(500_000);
        });
  }

  @Test
  void jitter_is_no_queue() {
    onEachSeed(
        call -> {
          call.link.propagationNanos = 50 * MILLI;
          call.link.jitterMillis = 15;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 800_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().usage() != Usage.CONGESTED);
        });
  }

  @Test
  void little_video_takes_nothing_and_adds_nothing() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 3_000_000;
          call.run(10_000);
          long before = call.estimate().bitrateBps();
          call.videoBps = 0;
          call.run(60_000);
          assertThat(call.estimate().bitrateBps()).isBetween(before * 95 / 100, before * 105 / 100);
        });
  }

  @Test
  void without_a_probe_it_does_not_grow_far_past_what_is_delivered() {
    onEachSeed(
        call -> {
          call.videoBps = 1_000_000;
          call.run(60_000);
          assertThat(call.estimate().bitrateBps()).isBetween(1_300_000L, 1_800_000L);
        });
  }

  @Test
  void lost_feedback_takes_nothing() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 3_000_000;
          call.feedbackLoss = 0.3;
          call.videoBps = 400_000;
          call.run(60_000);
          assertThat(call.since(0)).allMatch(s -> s.estimate().bitrateBps() >= 900_000);
        });
  }

  @Test
  void another_flow_gets_its_share_and_leaves_ours() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.run(10_000);
          call.foreignBps = 1_000_000;
          call.run(20_000);
          assertThat(call.averageBps(15_000)).isBetween(700_000L, 1_100_000L);
          assertThat(call.shareWithQueueOver(150, 15_000)).isLessThan(0.03);
        });
  }

  @Test
  void a_receiver_that_does_not_run_for_a_moment_takes_nothing() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.videoBps = 400_000;
          call.run(10_000);
          long before = call.estimate().bitrateBps();
          for (int stallMillis : new int[] {150, 200, 280, 380}) {
            call.stalledUntilMillis = call.nowNanos() / SimulatedCall.MILLI + stallMillis;
            call.run(stallMillis + 300);
            assertThat(call.estimate().bitrateBps())
                .as("after %d ms", stallMillis)
                .isGreaterThanOrEqualTo(before);
            call.run(3_000);
          }
        });
  }

  @Test
  void a_download_that_fills_the_queue_for_a_moment_leaves_enough_for_video() {
    onEachSeed(
        call -> {
          beginDownload(call);
          // The queue is full by now, and stays so though we give way
          call.foreignBps = 1_900_000;
          call.run(800);
          call.foreignBps = 0;
          call.run(2_000);
          assertThat(call.since(10_000)).allMatch(s -> s.estimate().bitrateBps() > 150_000);
          assertThat(call.estimate().bitrateBps()).isGreaterThan(600_000);
        });
  }

  /** After ten seconds of a call; it has just filled the queue. */
  private static void beginDownload(SimulatedCall call) {
    call.link.capacityBps = 2_000_000;
    call.run(10_000);
    call.foreignBps = 4_000_000;
    call.run(400);
  }

  @Test
  void a_download_that_goes_on_leaves_us_a_share_of_what_is_served() {
    onEachSeed(
        call -> {
          beginDownload(call);
          call.foreignBps = 1_850_000;
          call.run(10_000);
          assertThat(call.since(10_000)).allMatch(s -> s.estimate().bitrateBps() > 150_000);
          assertThat(call.since(15_000)).allMatch(s -> s.estimate().sharing() != Sharing.ALONE);
        });
  }

  @Test
  void a_receiver_that_reads_several_packets_at_once_hides_no_collapse() {
    for (double bufferMillis : new double[] {300, 1_000}) {
      onEachSeed(
          call -> {
            call.link.bufferMillis = bufferMillis;
            call.link.capacityBps = 2_000_000;
            readInBatches(call, 10_000);
            call.link.capacityBps = 200_000;
            readInBatches(call, 1_500);
            assertThat(call.estimate().bitrateBps()).isBetween(100_000L, 220_000L);
          });
    }
  }

  /** As over Wi-Fi, which sends packets in bursts: now and then, and all that wait then at once. */
  private static void readInBatches(SimulatedCall call, long forMillis) {
    long endNanos = call.nowNanos() + forMillis * MILLI;
    while (call.nowNanos() < endNanos) {
      call.stalledUntilMillis = call.nowNanos() / MILLI + 45;
      call.run(60);
    }
  }

  @Test
  void a_deep_buffer_is_emptied() {
    onEachSeed(
        call -> {
          call.link.capacityBps = 2_000_000;
          call.link.bufferMillis = 1_000;
          call.run(10_000);
          call.link.capacityBps = 300_000;
          call.run(1_000);
          assertThat(call.estimate().bitrateBps()).isLessThan(300_000);
          call.run(19_000);
          List<SimulatedCall.Sample> later = call.since(18_000);
          assertThat(later).allMatch(s -> s.queueMillis() < 200);
          assertThat(call.averageBps(18_000)).isBetween(220_000L, 310_000L);
        });
  }
}

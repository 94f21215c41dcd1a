package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.ProbeOutcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The allocator over a path that answers to what it does. */
class AllocationLoopTest {
  private static final VideoDemand CAMERA = TestDemands.tile(1, TestDemands.camera());

  @Test
  void a_good_network_has_the_best_layer_two_seconds_after_joining() {
    TestTransport transport = new TestTransport(10_000_000, CAMERA);
    transport.run(2);
    assertThat(transport.rung(1).costBps()).isEqualTo(1_200_000);
  }

  @Test
  void nine_tiles_on_a_good_network_are_best_soon() {
    VideoDemand[] tiles = new VideoDemand[9];
    for (int id = 0; id < tiles.length; id++) {
      tiles[id] = TestDemands.tile(id, TestDemands.camera());
    }
    TestTransport transport = new TestTransport(20_000_000, tiles);
    transport.run(8);
    assertThat(transport.videoBps()).isEqualTo(9 * 1_200_000);
  }

  @Test
  void a_path_that_becomes_narrow_is_obeyed_within_half_a_second() {
    TestTransport transport = new TestTransport(5_000_000, CAMERA);
    transport.run(10);
    transport.capacityBps = 300_000;
    transport.run(0.5);
    assertThat(transport.rung(1).costBps()).isEqualTo(190_000);
  }

  @Test
  void a_path_that_becomes_wide_is_used_within_twenty_seconds() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TestTransport transport = new TestTransport(300_000, CAMERA);
      transport.run(60 + random.nextDouble() * 60);
      transport.capacityBps = 2_000_000;
      transport.run(20);
      assertThat(transport.rung(1).costBps()).as("seed %d", seed).isEqualTo(1_200_000);
    }
  }

  @Test
  void on_a_steady_path_layers_stay() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long capacityBps = 150_000 + random.nextLong(2_500_000);
      TestTransport transport =
          new TestTransport(
              capacityBps, TestDemands.tile(1, TestDemands.camera(0.7 + random.nextDouble())));
      transport.run(30);
      transport.spatialSwitches = 0;
      transport.probes = 0;
      for (int step = 0; step < 20 * 120; step++) {
        transport.noise = 0.95 + random.nextDouble() * 0.1;
        transport.step();
      }
      assertThat(transport.spatialSwitches)
          .as("seed %d, %d bit/s, two minutes", seed, capacityBps)
          .isLessThanOrEqualTo(2);
      assertThat(transport.probes).as("seed %d", seed).isLessThanOrEqualTo(24);
    }
  }

  @Test
  void most_of_a_steady_path_is_used_as_far_as_the_ladder_goes() {
    for (int seed = 0; seed < 60; seed++) {
      long capacityBps = 150_000 + new Random(seed).nextLong(2_500_000);
      TestTransport transport = new TestTransport(capacityBps, CAMERA);
      transport.run(40);
      long fitting = (long) ((capacityBps * 0.95 - 60_000) / 1.15);
      long expected =
          TestDemands.camera().stream()
              .filter(rung -> 0.75 * wholeCostBps(rung) <= capacityBps * 0.95 - 60_000)
              .mapToLong(Rung::costBps)
              .filter(cost -> cost <= fitting)
              .max()
              .orElse(55_000);
      assertThat(transport.videoBps())
          .as("seed %d, %d bit/s", seed, capacityBps)
          .isGreaterThanOrEqualTo(expected);
    }
  }

  /** Of all temporal layers of a rung's encoding, for which its key frame is made. */
  private static long wholeCostBps(Rung rung) {
    return TestDemands.camera().stream()
        .filter(other -> other.encoding() == rung.encoding())
        .mapToLong(Rung::costBps)
        .max()
        .orElseThrow();
  }

  @Test
  void whatever_it_is_told_every_permitted_video_is_sent_and_the_others_are_not() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Allocator allocator = new Allocator(AllocationSettings.DEFAULTS);
      long nowNanos = random.nextLong();
      List<VideoDemand> demands = TestDemands.random(random);
      for (int step = 0; step < 200; step++) {
        nowNanos += random.nextLong(2_000_000_000);
        if (random.nextInt(5) == 0) {
          demands = TestDemands.random(random);
        }
        if (random.nextInt(5) == 0) {
          allocator.onProbe(outcome(random), nowNanos);
        }
        List<VideoDemand> ordered = allocator.byImportance(demands);
        Allocation allocation =
            allocator.allocate(
                budget(random), random.nextLong(3_000_000), estimate(random), ordered, nowNanos);
        for (int i = 0; i < ordered.size(); i++) {
          VideoDemand demand = ordered.get(i);
          Allocation.Grant grant = allocation.grants().get(i);
          boolean expected = demand.permission() != Permission.NONE && !demand.ladder().isEmpty();
          assertThat(grant.id()).as("seed %d, step %d", seed, step).isEqualTo(demand.id());
          assertThat(grant.rung().isPresent())
              .as("seed %d, step %d", seed, step)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static ProbeOutcome outcome(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new ProbeOutcome.Passed(random.nextLong(5_000_000));
      case 1 -> new ProbeOutcome.Failed("loss");
      default -> new ProbeOutcome.Unanswered();
    };
  }

  private static Estimate estimate(Random random) {
    return new Estimate(
        random.nextLong(6_000_000),
        random.nextBoolean() ? Estimate.NEVER_FULL : random.nextLong(6_000_000),
        pick(random, Estimate.Reason.values()),
        pick(random, Estimate.Usage.values()),
        pick(random, Estimate.Sharing.values()),
        random.nextDouble(),
        random.nextLong(2_000_000_000),
        random.nextLong(6_000_000),
        random.nextInt(10) == 0);
  }

  private static Budget budget(Random random) {
    long bps = random.nextLong(6_000_000) - 1_000;
    return new Budget(bps, random.nextBoolean() ? bps : bps * 4 / 3);
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}

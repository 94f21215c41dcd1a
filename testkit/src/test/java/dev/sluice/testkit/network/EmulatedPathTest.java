package dev.sluice.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.testkit.network.PathListener.LossCause;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmulatedPathTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final EventLoop loop = new EventLoop(0);
  private final List<Integer> arrived = new ArrayList<>();
  private final List<Long> arrivals = new ArrayList<>();
  private final List<LossCause> lost = new ArrayList<>();

  private EmulatedPath<Integer> path(PathTrace trace, long seed) {
    return new EmulatedPath<>(
        loop,
        trace,
        Seeds.random(seed, "path"),
        new PathListener<>() {
          @Override
          public void onArrival(Integer packet, long nowNanos) {
            arrived.add(packet);
            arrivals.add(nowNanos);
          }

          @Override
          public void onLost(Integer packet, LossCause cause, long nowNanos) {
            lost.add(cause);
          }
        });
  }

  private EmulatedPath<Integer> path(PathConditions conditions) {
    return path(PathTrace.constant(conditions), 1);
  }

  private static PathConditions kbit(long kbit) {
    return PathConditions.PERFECT.withCapacity(kbit * 1000);
  }

  @Test
  void a_packet_takes_the_time_of_its_bytes_and_the_delay() {
    path(kbit(1000).withDelay(20 * MILLI, 0)).send(1, 1250);
    loop.runUntil(SECOND);

    assertThat(arrivals).containsExactly(30 * MILLI);
  }

  @Test
  void packets_queue_one_behind_the_other() {
    EmulatedPath<Integer> path = path(kbit(1000));
    path.send(1, 1250);
    path.send(2, 1250);
    assertThat(path.queuedBytes()).isEqualTo(2500);
    loop.runUntil(SECOND);

    assertThat(arrivals).containsExactly(10 * MILLI, 20 * MILLI);
    assertThat(path.queuedBytes()).isZero();
  }

  @Test
  void a_limiter_lets_a_burst_through_when_little_was_sent_before() {
    EmulatedPath<Integer> path = path(kbit(80).withBursts(3000));
    loop.runUntil(SECOND);
    for (int i = 0; i < 4; i++) {
      path.send(i, 1000);
    }
    loop.runUntil(2 * SECOND);

    assertThat(arrivals).containsExactly(SECOND, SECOND, SECOND, SECOND + 100 * MILLI);
  }

  @Test
  void a_limiter_carries_no_more_than_its_rate_for_long() {
    EmulatedPath<Integer> path = path(kbit(80).withBursts(3000));
    for (int i = 0; i < 130; i++) {
      path.send(i, 1000);
      loop.runUntil(loop.nowNanos() + 90 * MILLI);
    }
    loop.runUntil(loop.nowNanos() + SECOND);

    // 10 kB a second, and at most what was saved up
    long bytes = arrived.size() * 1000L;
    assertThat(arrivals.getLast() - arrivals.getFirst())
        .isBetween((bytes - 4000) * MILLI / 10, bytes * MILLI / 10);
  }

  @Test
  void a_full_queue_drops_what_comes_last() {
    EmulatedPath<Integer> path = path(kbit(1000).withQueue(new QueueLimit.Bytes(5000)));
    for (int i = 0; i < 10; i++) {
      path.send(i, 1250);
    }
    loop.runUntil(SECOND);

    assertThat(arrived).containsExactly(0, 1, 2, 3);
    assertThat(lost).hasSize(6).containsOnly(LossCause.QUEUE);
  }

  @Test
  void a_queue_of_time_holds_what_the_capacity_carries_in_it() {
    EmulatedPath<Integer> path = path(kbit(1000).withQueue(new QueueLimit.Time(100 * MILLI)));
    for (int i = 0; i < 20; i++) {
      path.send(i, 1250);
    }

    assertThat(lost).hasSize(10);
  }

  @Test
  void a_packet_that_waits_while_the_capacity_changes_is_sent_at_both() {
    PathTrace trace = PathTrace.constant(kbit(1000)).then(5 * MILLI, kbit(100));
    path(trace, 1).send(1, 1250);
    loop.runUntil(SECOND);

    assertThat(arrivals).containsExactly(55 * MILLI);
  }

  @Test
  void what_waits_through_an_outage_comes_after_it() {
    PathTrace trace =
        PathTrace.constant(kbit(1000)).then(5 * MILLI, kbit(0)).then(SECOND, kbit(1000));
    path(trace, 1).send(1, 1250);
    loop.runUntil(2 * SECOND);

    assertThat(arrivals).containsExactly(SECOND + 5 * MILLI);
  }

  @Test
  void an_outage_without_an_end_loses_everything() {
    path(PathTrace.constant(kbit(0)), 1).send(1, 1250);

    assertThat(lost).containsExactly(LossCause.QUEUE);
  }

  @Test
  void jitter_never_reorders() {
    for (long seed : Seeds.first(20)) {
      arrived.clear();
      EmulatedPath<Integer> path =
          path(PathTrace.constant(kbit(10_000).withDelay(50 * MILLI, 15 * MILLI)), seed);
      for (int i = 0; i < 50; i++) {
        path.send(i, 100);
      }
      loop.runUntil(loop.nowNanos() + SECOND);
      assertThat(arrived).as("seed %d", seed).isSorted().hasSize(50);
    }
  }

  @Test
  void reordered_packets_are_overtaken() {
    EmulatedPath<Integer> path = path(kbit(10_000).withReordering(0.1, 20 * MILLI));
    for (int i = 0; i < 100; i++) {
      path.send(i, 1000);
    }
    loop.runUntil(SECOND);

    assertThat(arrived).hasSize(100);
    assertThat(arrived).isNotEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void duplicates_arrive_twice() {
    path(kbit(1000).withDuplicates(1)).send(7, 100);
    loop.runUntil(SECOND);

    assertThat(arrived).containsExactly(7, 7);
  }

  @Test
  void random_losses_come_at_their_rate() {
    for (long seed : Seeds.first(20)) {
      assertThat(lossOf(new LossModel.Independent(0.05), seed))
          .as("seed %d", seed)
          .isCloseTo(0.05, within(0.01));
    }
  }

  @Test
  void bursts_lose_their_share_in_runs_of_their_length() {
    for (long seed : Seeds.first(20)) {
      assertThat(lossOf(LossModel.Bursts.of(0.1, 5), seed))
          .as("seed %d", seed)
          .isCloseTo(0.1, within(0.03));
      assertThat(meanRun()).as("mean run of seed %d", seed).isCloseTo(5, within(1.5));
    }
  }

  private double lossOf(LossModel model, long seed) {
    arrived.clear();
    EmulatedPath<Integer> path =
        path(PathTrace.constant(PathConditions.PERFECT.withLoss(model)), seed);
    for (int i = 0; i < 10_000; i++) {
      path.send(i, 100);
      loop.runUntil(loop.nowNanos() + MILLI);
    }
    return 1 - arrived.size() / 10_000.0;
  }

  private double meanRun() {
    int runs = 0;
    for (int i = 1; i < arrived.size(); i++) {
      runs += arrived.get(i) - arrived.get(i - 1) > 1 ? 1 : 0;
    }
    return (10_000.0 - arrived.size()) / runs;
  }
}

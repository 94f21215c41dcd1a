package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import dev.sluice.router.track.VideoPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllocatorTest {
  private static final long MILLI = 1_000_000;
  private static final VideoDemand CAMERA = TestDemands.tile(1, TestDemands.camera());

  private final Allocator allocator = new Allocator(AllocationSettings.DEFAULTS);
  private List<VideoDemand> demands = List.of(CAMERA);
  private Usage usage = Usage.CLEAR;
  private Estimate.Reason reason = Estimate.Reason.GROWTH;
  private long fullBps = Estimate.NEVER_FULL;
  private double loss;
  private long queueMillis;
  private long acknowledgedBps;
  private boolean silent;
  private double heldBack;
  // A clock may begin anywhere
  private long nowMillis = -50_000;

  private Allocation allocate(long budgetBps) {
    Estimate estimate =
        new Estimate(
            budgetBps + 100_000,
            fullBps,
            reason,
            usage,
            Estimate.Sharing.UNKNOWN,
            loss,
            queueMillis * MILLI,
            acknowledgedBps,
            silent);
    Budget budget = new Budget((long) (budgetBps * (1 - heldBack)), budgetBps);
    return allocator.allocate(budget, acknowledgedBps, estimate, demands, nowMillis * MILLI);
  }

  /** Looks every 50 ms for so long. */
  private Allocation allocate(long budgetBps, long forMillis) {
    Allocation last = allocate(budgetBps);
    for (long end = nowMillis + forMillis; nowMillis < end; ) {
      nowMillis += 50;
      last = allocate(budgetBps);
    }
    return last;
  }

  private static Rung rung(Allocation allocation, int i) {
    return allocation.grants().get(i).rung().orElseThrow();
  }

  private static long cost(Allocation allocation) {
    return rung(allocation, 0).costBps();
  }

  private Allocation pass(Allocation allocation, long budgetBps) {
    ProbePlan plan = allocation.probe().orElseThrow();
    allocator.onProbe(new ProbeOutcome.Passed(plan.targetBps()), nowMillis * MILLI);
    return allocate(budgetBps);
  }

  private void fail() {
    allocator.onProbe(new ProbeOutcome.Failed("queue"), nowMillis * MILLI);
  }

  /** Has the best rung, the start being over. */
  private void haveTheBest() {
    allocate(5_000_000, 500);
    acknowledgedBps = 1_300_000;
    pass(allocate(5_000_000), 5_000_000);
    pass(allocate(5_000_000, 100), 5_000_000);
    assertThat(cost(allocate(5_000_000, 20_000))).isEqualTo(1_200_000);
  }

  @Test
  void at_the_start_videos_take_what_does_no_harm() {
    assertThat(cost(allocate(900_000))).isEqualTo(390_000);
  }

  @Test
  void a_small_estimate_at_the_start_counts() {
    assertThat(cost(allocate(300_000))).isEqualTo(190_000);
  }

  @Test
  void a_good_network_has_the_best_layer_soon() {
    Allocation allocation = allocate(900_000, 500);
    ProbePlan plan = allocation.probe().orElseThrow();
    assertThat(plan.targetBps()).isBetween(900_000L, 1_170_000L);
    assertThat(plan.minDurationNanos()).isEqualTo(200 * MILLI);
    assertThat(plan.minPackets()).isEqualTo(15);
    nowMillis += 250;
    assertThat(cost(pass(allocation, 900_000))).isEqualTo(850_000);
    allocation = allocate(900_000, 100);
    assertThat(allocation.probe().orElseThrow().targetBps()).isBetween(1_250_000L, 1_500_000L);
    nowMillis += 250;
    assertThat(cost(pass(allocation, 1_300_000))).isEqualTo(1_200_000);
  }

  @Test
  void the_same_object_is_returned_while_nothing_is_different() {
    haveTheBest();
    Allocation first = allocate(5_000_000);
    for (int i = 0; i < 200; i++) {
      nowMillis += 50;
      demands = List.of(TestDemands.tile(1, TestDemands.camera(1 + 0.01 * (i % 3))));
      assertThat(allocate(5_000_000 + i * 1_000)).isSameAs(first);
    }
  }

  @Test
  void a_budget_that_is_too_small_takes_effect_at_once_over_several_steps() {
    haveTheBest();
    nowMillis += 50;
    assertThat(cost(allocate(200_000))).isEqualTo(190_000);
  }

  @Test
  void a_temporal_layer_goes_before_a_spatial_one() {
    haveTheBest();
    nowMillis += 50;
    Rung rung = rung(allocate(1_000_000), 0);
    assertThat(rung.encoding()).isEqualTo(2);
    assertThat(rung.temporal()).isEqualTo(1);
  }

  @Test
  void a_budget_slightly_too_small_is_borne_unless_the_path_is_congested() {
    haveTheBest();
    assertThat(cost(allocate(1_160_000, 5_000))).isEqualTo(1_200_000);
    usage = Usage.CONGESTED;
    assertThat(cost(allocate(1_160_000))).isEqualTo(850_000);
  }

  @Test
  void one_burst_is_no_reason_to_give_up() {
    haveTheBest();
    List<Rung> bursting = new ArrayList<>();
    for (Rung rung : TestDemands.camera()) {
      bursting.add(
          new Rung(
              rung.encoding(),
              0,
              rung.temporal(),
              rung.width(),
              rung.height(),
              0,
              rung.costBps() * 3,
              rung.costBps(),
              true));
    }
    demands = List.of(TestDemands.tile(1, bursting));
    assertThat(rung(allocate(1_300_000, 5_000), 0).isSameAs(bursting.getLast())).isTrue();
  }

  @Test
  void high_loss_for_a_second_lowers_once_to_what_arrives() {
    haveTheBest();
    loss = 0.2;
    assertThat(cost(allocate(5_000_000, 950))).isEqualTo(1_200_000);
    assertThat(cost(allocate(5_000_000, 100))).isEqualTo(850_000);
    assertThat(cost(allocate(5_000_000, 60_000))).isEqualTo(850_000);
  }

  @Test
  void a_filling_path_freezes_upgrades_and_new_videos_begin_with_the_least() {
    allocate(300_000, 5_000);
    usage = Usage.FILLING;
    demands = List.of(CAMERA, TestDemands.tile(2, TestDemands.camera()));
    Allocation allocation = allocate(9_000_000, 20_000);
    assertThat(cost(allocation)).isEqualTo(190_000);
    assertThat(rung(allocation, 1).costBps()).isEqualTo(55_000);
    assertThat(allocation.probe()).isEmpty();
  }

  @Test
  void nothing_is_asked_for_without_feedback() {
    silent = true;
    assertThat(allocate(5_000_000, 10_000).probe()).isEmpty();
  }

  @Test
  void a_probe_is_asked_for_until_its_outcome_is_told() {
    Allocation allocation = allocate(900_000, 500);
    assertThat(allocation.probe()).isPresent();
    assertThat(allocate(900_000, 2_000)).isSameAs(allocation);
    fail();
    assertThat(allocate(900_000).probe()).isEmpty();
  }

  @Test
  void a_probe_that_failed_is_followed_by_no_larger_ones_and_then_by_rarer_ones() {
    List<Long> targets = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (long end = nowMillis + 120_000; nowMillis < end; nowMillis += 50) {
      Optional<ProbePlan> plan = allocate(500_000).probe();
      if (plan.isPresent()) {
        targets.add(plan.get().targetBps());
        times.add(nowMillis);
        fail();
      }
    }
    assertThat(targets.get(1)).isLessThanOrEqualTo(targets.get(0));
    assertThat(targets.get(2)).isLessThanOrEqualTo(targets.get(1));
    int last = times.size() - 1;
    assertThat(times.get(last) - times.get(last - 1)).isEqualTo(12_000);
    assertThat(times).hasSizeBetween(10, 16);
  }

  @Test
  void a_passed_probe_without_the_budget_for_it_is_not_repeated_at_once() {
    acknowledgedBps = 400_000;
    Allocation allocation = allocate(500_000, 300);
    int probes = 0;
    for (long end = nowMillis + 60_000; nowMillis < end; nowMillis += 50) {
      allocation = allocate(500_000);
      if (allocation.probe().isPresent()) {
        probes++;
        allocation = pass(allocation, 500_000);
      }
    }
    assertThat(probes).isLessThan(12);
    assertThat(cost(allocation)).isEqualTo(390_000);
  }

  @Test
  void an_estimate_in_full_use_is_believed_after_a_while() {
    allocate(300_000, 6_000);
    fail();
    acknowledgedBps = 1_000_000;
    allocate(900_000);
    assertThat(cost(allocate(900_000, 1_900))).isEqualTo(190_000);
    assertThat(cost(allocate(900_000, 4_000))).isEqualTo(570_000);
  }

  @Test
  void the_estimate_of_a_receiver_is_believed_after_a_while() {
    allocate(300_000, 6_000);
    reason = Estimate.Reason.REMB;
    assertThat(cost(allocate(900_000, 5_000))).isEqualTo(570_000);
  }

  @Test
  void a_path_that_answers_no_probe_is_judged_by_the_estimate() {
    allocate(300_000, 6_000);
    allocator.onProbe(new ProbeOutcome.Unanswered(), nowMillis * MILLI);
    assertThat(cost(allocate(900_000, 5_000))).isEqualTo(570_000);
  }

  @Test
  void an_upgrade_that_is_undone_makes_the_next_wait_longer() {
    haveTheBest();
    allocate(700_000);
    long first = untilProbe(1_000_000);
    acknowledgedBps = 700_000;
    assertThat(cost(pass(allocate(1_000_000), 1_000_000))).isEqualTo(850_000);
    allocate(700_000, 1_000);
    // Of the four seconds one is over
    long second = untilProbe(1_000_000);
    assertThat(first).isBetween(1_900L, 2_200L);
    assertThat(second).isBetween(2_900L, 3_200L);
  }

  @Test
  void an_upgrade_that_is_undone_leads_back_to_what_was_before_where_that_fits() {
    upgradeToThird();
    usage = Usage.CONGESTED;
    heldBack = 0.7;
    assertThat(cost(allocate(900_000))).as("not down to 270 kbit/s").isEqualTo(390_000);
    // There was no other upgrade
    assertThat(cost(allocate(900_000, 100))).isEqualTo(190_000);
  }

  @Test
  void an_upgrade_that_is_undone_leads_further_down_where_what_was_before_does_not_fit_either() {
    upgradeToThird();
    usage = Usage.CONGESTED;
    heldBack = 0.3;
    assertThat(cost(allocate(380_000))).isEqualTo(190_000);
  }

  /** From all of the second encoding to half the frame rate of the third. */
  private void upgradeToThird() {
    allocate(500_000, 6_000);
    assertThat(cost(pass(allocate(500_000), 600_000))).isEqualTo(390_000);
    allocate(600_000, 8_000);
    acknowledgedBps = 800_000;
    assertThat(cost(pass(allocate(900_000), 900_000))).isEqualTo(850_000);
  }

  private long untilProbe(long budgetBps) {
    long fromMillis = nowMillis;
    while (allocate(budgetBps).probe().isEmpty()) {
      nowMillis += 50;
      assertThat(nowMillis - fromMillis).isLessThan(120_000);
    }
    return nowMillis - fromMillis;
  }

  @Test
  void a_rung_that_is_gone_is_replaced_by_one_that_costs_no_more() {
    haveTheBest();
    demands = List.of(TestDemands.tile(1, TestDemands.camera().subList(0, 6)));
    assertThat(cost(allocate(5_000_000))).isEqualTo(390_000);
  }

  @Test
  void an_encoding_that_begins_without_its_temporal_layers_is_granted_no_more_of_than_before() {
    haveTheBest();
    demands = List.of(TestDemands.tile(1, TestDemands.camera()));
    assertThat(cost(allocate(1_000_000))).isEqualTo(850_000);
    Rung granted = rung(allocate(1_000_000), 0);
    // At its first pictures it seems to cost little, too
    List<Rung> beginning = new ArrayList<>(TestDemands.camera().subList(0, 6));
    beginning.add(TestDemands.rung(2, VideoPacket.ALL_TEMPORAL_LAYERS, 960, 540, 500_000));
    demands = List.of(TestDemands.tile(1, beginning));
    assertThat(rung(allocate(1_000_000, 1_000), 0).encoding()).isEqualTo(2);
    demands = List.of(CAMERA);
    assertThat(rung(allocate(1_000_000), 0).isSameAs(granted)).isTrue();
  }

  @Test
  void a_video_that_pauses_goes_on_as_it_was() {
    haveTheBest();
    demands = List.of(TestDemands.tile(1, List.of()));
    assertThat(allocate(5_000_000, 2_000).grants().getFirst().rung()).isEmpty();
    demands = List.of(CAMERA);
    assertThat(cost(allocate(5_000_000))).isEqualTo(1_200_000);
  }

  @Test
  void a_video_that_was_off_begins_with_the_least() {
    haveTheBest();
    demands = List.of(CAMERA.with(Permission.NONE));
    assertThat(allocate(5_000_000, 2_000).grants().getFirst().rung()).isEmpty();
    demands = List.of(CAMERA.with(Permission.BASE));
    assertThat(cost(allocate(5_000_000, 2_000))).isEqualTo(55_000);
  }

  @Test
  void a_layer_that_is_switched_off_is_granted_for_it_comes_when_it_is_wanted() {
    List<Rung> ladder =
        List.of(
            TestDemands.rung(0, 0, 240, 135, 100_000),
            new Rung(1, 0, 0, 480, 270, 0, 300_000, 300_000, false));
    demands = List.of(TestDemands.tile(1, ladder));
    assertThat(rung(allocate(900_000), 0).flowing()).isFalse();
  }

  @Test
  void a_new_speaker_takes_from_others_what_is_shown_to_be_possible() {
    demands =
        List.of(
            TestDemands.speaker(1, TestDemands.camera()),
            TestDemands.tile(2, TestDemands.camera()));
    Allocation before = allocate(330_000, 6_000);
    assertThat(cost(before)).isGreaterThan(rung(before, 1).costBps());
    demands =
        List.of(
            TestDemands.speaker(2, TestDemands.camera()),
            TestDemands.tile(1, TestDemands.camera()));
    Allocation after = allocate(330_000, 4_000);
    assertThat(after.bitrateBps()).isLessThanOrEqualTo(before.bitrateBps());
    assertThat(after.grants().getFirst().id()).isEqualTo(2);
    assertThat(cost(after)).isGreaterThan(rung(after, 1).costBps());
  }

  @Test
  void a_new_video_that_needs_room_is_no_sign_of_a_bad_path() {
    haveTheBest();
    demands = List.of(CAMERA, TestDemands.tile(2, TestDemands.camera()));
    Allocation allocation = allocate(1_150_000);
    assertThat(rung(allocation, 1).costBps()).isEqualTo(55_000);
    assertThat(rung(allocate(1_250_000, 1_000), 1).costBps()).isGreaterThan(55_000);
  }

  @Test
  void layers_that_became_dearer_are_kept_for_a_second_while_the_path_carries_them() {
    haveTheBest();
    allocate(1_300_000);
    demands = List.of(TestDemands.tile(1, TestDemands.camera(1.3)));
    assertThat(cost(allocate(1_300_000, 1_900))).isEqualTo(1_200_000);
    assertThat(cost(allocate(1_300_000, 200))).isEqualTo(1_105_000);
    demands = List.of(CAMERA);
    // The path was not to blame: nothing holds the next upgrade back
    assertThat(cost(allocate(1_300_000, 1_050))).isEqualTo(1_200_000);
  }

  @Test
  void layers_that_became_dearer_go_at_once_when_the_path_does_not_carry_them() {
    haveTheBest();
    allocate(1_300_000);
    demands = List.of(TestDemands.tile(1, TestDemands.camera(1.3)));
    usage = Usage.CONGESTED;
    assertThat(cost(allocate(1_300_000))).isEqualTo(1_105_000);
  }

  @Test
  void bits_are_not_moved_for_a_small_gain() {
    demands =
        List.of(
            TestDemands.tile(1, TestDemands.camera()),
            TestDemands.tile(2, TestDemands.camera(1.02)));
    Allocation before = allocate(500_000, 6_000);
    List<Integer> levels = levels(before);
    // The first becomes the dearer one, by a little, and the order of the two another one
    demands =
        List.of(
            TestDemands.tile(2, TestDemands.camera(0.98)),
            TestDemands.tile(1, TestDemands.camera()));
    List<Integer> after = levels(allocate(500_000, 4_000));
    assertThat(after).containsExactlyElementsOf(levels.reversed());
  }

  private static List<Integer> levels(Allocation allocation) {
    return allocation.grants().stream()
        .map(grant -> grant.rung().orElseThrow())
        .map(rung -> rung.encoding() * 3 + rung.temporal())
        .toList();
  }

  @Test
  void a_queue_of_more_than_thirty_milliseconds_allows_no_probe() {
    queueMillis = 31;
    assertThat(allocate(900_000, 10_000).probe()).isEmpty();
    queueMillis = 30;
    assertThat(allocate(900_000, 1_000).probe()).isPresent();
  }

  @Test
  void a_queue_of_more_than_thirty_milliseconds_allows_no_raise() {
    allocate(300_000, 6_000);
    fail();
    acknowledgedBps = 1_000_000;
    queueMillis = 31;
    assertThat(cost(allocate(900_000, 20_000))).isEqualTo(190_000);
    queueMillis = 30;
    assertThat(cost(allocate(900_000, 5_000))).isEqualTo(570_000);
  }

  @Test
  void a_path_that_is_known_to_be_narrow_is_probed_step_by_step() {
    fullBps = 600_000;
    Allocation allocation = allocate(500_000, 500);
    assertThat(allocation.probe().orElseThrow().targetBps()).isEqualTo(750_000);
    assertThat(cost(pass(allocation, 500_000))).isEqualTo(390_000);
    fullBps = 750_000;
    assertThat(untilProbe(600_000)).isEqualTo(1_000);
    allocation = allocate(600_000);
    assertThat(allocation.probe().orElseThrow().targetBps()).isEqualTo(937_500);
  }

  @Test
  void a_raise_to_another_encoding_waits_until_its_key_frame_fits() {
    allocate(300_000, 6_000);
    fail();
    acknowledgedBps = 1_000_000;
    assertThat(cost(allocate(890_000, 10_000))).isEqualTo(390_000);
    assertThat(cost(allocate(900_000, 5_000))).isEqualTo(570_000);
  }
}

package dev.sluice.router.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.router.estimate.Estimate;
import dev.sluice.router.estimate.Estimate.Reason;
import dev.sluice.router.estimate.Estimate.Sharing;
import dev.sluice.router.estimate.Estimate.Usage;
import dev.sluice.router.estimate.ProbeOutcome;
import dev.sluice.router.estimate.ProbePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbingTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final ProbeOutcome FAILED = new ProbeOutcome.Failed("queue");

  private final Probing probing = new Probing(AllocationSettings.DEFAULTS);
  private final Proof proof = new Proof(10 * SECOND);
  // 100 kbit/s beside the video
  private Filling granted = lowestOf(300_000, 500_000, 700_000);
  private long sendingBps = 400_000;
  private long budgetBps = 550_000;
  private long estimateBps = 660_000;
  private long fullBps = Estimate.NEVER_FULL;
  private long nowNanos = -50 * SECOND;

  private static Filling lowestOf(long... costsBps) {
    return lowestOf(TestDemands.ladder(costsBps));
  }

  private static Filling lowestOf(List<Rung> ladder) {
    return Filling.fromFloors(
        List.of(Claim.of(TestDemands.tile(1, ladder), AllocationSettings.Sharing.DEFAULTS)));
  }

  private ProbePlan ask() {
    Estimate estimate =
        new Estimate(
            estimateBps,
            fullBps,
            Reason.GROWTH,
            Usage.CLEAR,
            Sharing.UNKNOWN,
            0,
            0,
            sendingBps,
            false);
    probing.ask(granted, new Moment(Budget.whole(budgetBps), sendingBps, estimate, nowNanos));
    return probing.plan().orElseThrow();
  }

  private void pass() {
    answer(new ProbeOutcome.Passed(probing.plan().orElseThrow().targetBps()));
  }

  private void answer(ProbeOutcome outcome) {
    probing.onOutcome(outcome, proof, nowNanos);
    assertThat(probing.plan()).isEmpty();
  }

  private void used(boolean raised) {
    probing.onUsed(raised, SECOND, nowNanos);
  }

  private long waitMillis() {
    return probing.waitNanos(nowNanos) / MILLI;
  }

  @Test
  void a_probe_reaches_for_all_that_is_not_too_far_while_the_path_was_never_full() {
    // 1.2 times what is added to what is sent
    assertThat(ask().targetBps()).isEqualTo(400_000 + 480_000);
  }

  @Test
  void what_the_estimate_has_room_for_is_asked_for_first_when_it_is_known_where_the_path_is_full() {
    fullBps = 2_000_000;
    assertThat(ask().targetBps()).isEqualTo(640_000);
    pass();
    assertThat(proof.videoBps(nowNanos)).isEqualTo(540_000);
  }

  @Test
  void what_it_has_no_room_for_is_asked_for_when_there_is_nothing_else() {
    fullBps = 2_000_000;
    budgetBps = 400_000;
    // 1.02 times 700 kbit/s are 314 kbit/s more than the budget, which is 0.9 of the rest
    assertThat(ask().targetBps()).isEqualTo(660_000 + 314_000 * 10 / 9);
  }

  @Test
  void all_that_has_arrived_is_proven_for_what_is_asked_for_may_cost_more_by_then() {
    ask();
    answer(new ProbeOutcome.Passed(850_000));
    assertThat(proof.videoBps(nowNanos)).isEqualTo(300_000 + 850_000 - 400_000);
  }

  @Test
  void one_that_passes_proves_what_was_asked_for_however_little_has_arrived() {
    ask();
    answer(new ProbeOutcome.Passed(790_000));
    assertThat(proof.videoBps(nowNanos)).isEqualTo(700_000);
  }

  @Test
  void after_a_pass_that_brought_nothing_the_next_asks_for_more() {
    fullBps = 2_000_000;
    ask();
    pass();
    used(false);
    assertThat(ask().targetBps()).isEqualTo(880_000);
  }

  @Test
  void after_a_pass_that_brought_something_the_next_asks_for_what_there_is_room_for_again() {
    fullBps = 2_000_000;
    ask();
    pass();
    used(false);
    ask();
    pass();
    used(true);
    assertThat(ask().targetBps()).isEqualTo(640_000);
  }

  @Test
  void after_a_downgrade_the_next_asks_for_what_there_is_room_for_again() {
    fullBps = 2_000_000;
    ask();
    pass();
    used(false);
    probing.onDowngrade();
    assertThat(ask().targetBps()).isEqualTo(640_000);
  }

  @Test
  void no_probe_goes_past_five_quarters_of_what_filled_the_path_before() {
    budgetBps = 400_000;
    estimateBps = 500_000;
    fullBps = 600_000;
    assertThat(ask().targetBps()).isEqualTo(750_000);
  }

  @Test
  void nor_past_five_quarters_of_what_is_sent_where_that_is_more() {
    budgetBps = 400_000;
    estimateBps = 500_000;
    fullBps = 200_000;
    assertThat(ask().targetBps()).isEqualTo(500_000);
  }

  @Test
  void one_that_is_cut_short_proves_nothing_but_allows_the_next_soon() {
    budgetBps = 400_000;
    estimateBps = 500_000;
    fullBps = 600_000;
    ask();
    pass();
    assertThat(proof.videoBps(nowNanos)).isZero();
    assertThat(waitMillis()).isEqualTo(1_000);
    used(false);
    assertThat(waitMillis()).as("it was not useless").isEqualTo(1_000);
    fullBps = 750_000;
    assertThat(ask().targetBps()).as("a step further").isBetween(860_000L, 937_500L);
    pass();
    assertThat(proof.videoBps(nowNanos)).isEqualTo(780_000);
  }

  @Test
  void one_that_goes_all_the_way_and_brings_nothing_makes_the_next_wait() {
    ask();
    pass();
    assertThat(proof.videoBps(nowNanos)).isEqualTo(780_000);
    used(false);
    assertThat(waitMillis()).isEqualTo(3_000);
  }

  @Test
  void one_that_is_cut_short_and_fails_is_a_failure() {
    granted = lowestOf(300_000, 700_000);
    budgetBps = 400_000;
    fullBps = 600_000;
    ask();
    answer(FAILED);
    assertThat(waitMillis()).isEqualTo(3_000);
    ask();
    answer(FAILED);
    assertThat(waitMillis()).isEqualTo(4_500);
  }

  @Test
  void an_encoding_is_asked_for_with_room_for_its_key_frame() {
    granted = lowestOf(TestDemands.camera()).with(new int[] {5});
    sendingBps = 450_000;
    budgetBps = 560_000;
    estimateBps = 660_000;
    fullBps = 2_000_000;
    // Three quarters of 1200 kbit/s are 340 kbit/s more than the budget, which is 0.9 of the rest
    assertThat(ask().targetBps()).isEqualTo(660_000 + 340_000 * 10 / 9);
  }

  @Test
  void at_low_rates_a_probe_is_long_enough_for_twelve_kilobytes() {
    granted = lowestOf(20_000, 50_000);
    sendingBps = 40_000;
    budgetBps = 20_000;
    estimateBps = 50_000;
    ProbePlan plan = ask();
    assertThat(plan.targetBps()).isLessThan(100_000);
    assertThat(plan.targetBps() / 8.0 * plan.minDurationNanos() / SECOND)
        .isBetween(11_999.0, 12_001.0);
  }

  @Test
  void at_high_rates_it_is_as_long_as_is_set() {
    assertThat(ask().minDurationNanos()).isEqualTo(200 * MILLI);
  }
}
